package dev.parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
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
 * A function that another part of the system invokes: a schedule, a deployment, another function. It calls {@link #answer}
 * and writes one log line. What {@code answer} throws fails the invocation, so that Lambda tries it again where it does.
 */
public abstract class InvokedFunction extends ParleyFunction {

    private static final Logger log = LogManager.getLogger(InvokedFunction.class);

    protected InvokedFunction(Parley parley) {
        super(parley);
    }

    /**
     * Answers an event.
     *
     * @param event a missing node when there was none
     */
    protected abstract Object answer(JsonNode event);

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Trace.within(trace(context), () -> run(in, out, context));
    }

    private void run(InputStream in, OutputStream out, Context context) throws IOException {
        long start = System.nanoTime();
        MDC.put("request_id", context.getAwsRequestId());
        describe(context.getFunctionName());
        int status = 500;
        try {
            out.write(Json.bytes(answer(Json.parse(in.readAllBytes()))));
            status = 200;
        } finally {
            log.info(new StructuredMessage("Invocation processed")
                    .with("method", "INVOKE")
                    .with("path", context.getFunctionName())
                    .with("status", status)
                    .with("duration_ms", (System.nanoTime() - start) / 1_000_000));
            parley.meter().flush();
            MDC.clear();
        }
    }
}
