package dev.parley.functions.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import dev.parley.Parley;
import dev.parley.functions.ParleyFunction;
import dev.parley.protocol.Json;
import dev.parley.telemetry.StructuredMessage;
import dev.parley.telemetry.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.slf4j.MDC;

/**
 * A function behind a route of the WebSocket API. It calls {@link #handle} and writes one log line. What {@code handle}
 * throws never reaches the client: a frame that could not be handled is as one that was lost, and the client's heartbeat
 * tells it.
 */
abstract class GatewayFunction extends ParleyFunction {

    private static final Logger log = LogManager.getLogger(GatewayFunction.class);

    GatewayFunction(Parley parley) {
        super(parley);
    }

    /** Answers an event. */
    abstract GatewayReply handle(GatewayEvent event);

    /** What is answered when {@link #handle} throws. */
    GatewayReply failed() {
        return GatewayReply.ok();
    }

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Trace.within(trace(context), () -> answer(in, out));
    }

    /** Answers an event and writes the log line. */
    final void answer(InputStream in, OutputStream out) throws IOException {
        long start = System.nanoTime();
        GatewayEvent event = Json.read(in, GatewayEvent.class);
        MDC.put("request_id", event.requestContext().requestId());
        MDC.put("connection_id", event.connectionId());
        describe(getClass().getSimpleName());
        GatewayReply reply;
        int status;
        try {
            reply = handle(event);
            status = reply.statusCode();
        } catch (RuntimeException e) {
            log.error("Frame failed", e);
            reply = failed();
            status = 500;
        }
        try {
            out.write(Json.bytes(reply));
        } finally {
            StructuredMessage line = new StructuredMessage("Frame processed")
                    .with("method", "WS")
                    .with("path", event.requestContext().routeKey())
                    .with("status", status)
                    .with("duration_ms", (System.nanoTime() - start) / 1_000_000);
            Integer closeCode = event.requestContext().disconnectStatusCode();
            log.info(closeCode == null ? line : line.with("close_code", closeCode));
            parley.meter().flush();
            MDC.clear();
        }
    }
}
