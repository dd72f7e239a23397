package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import dev.parley.ratelimit.Limit;
import dev.parley.session.Frame;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function that gets a client's frames. It takes the rate limit's token and parses the frame; a client that sends too
 * much, or what is no frame, is told to reconnect and closed, which stands for Discord's close codes 4008, 4002 and 4001.
 */
abstract class FrameFunction extends GatewayFunction {

    private static final Logger log = LoggerFactory.getLogger(FrameFunction.class);

    /** Longer than any frame that a client has reason to send: a message of 2,000 characters, every one escaped. */
    private static final int MAX_FRAME_CHARS = 24 * 1024;

    FrameFunction(Parley parley) {
        super(parley);
    }

    /** Answers a heartbeat that no client sent, on a connection that is none. */
    @Override
    protected void prime() throws Exception {
        super.prime();
        GatewayEvent event = new GatewayEvent(
                null,
                null,
                new GatewayEvent.RequestContext("synthetic", "synthetic", "synthetic", null, null),
                "{\"op\":1,\"d\":null}");
        answer(new ByteArrayInputStream(Json.bytes(event)), OutputStream.nullOutputStream());
    }

    /**
     * Answers a frame.
     *
     * @param op the opcode; -1 when there is none
     * @param frame the whole frame
     * @return a frame for the client, or null
     */
    abstract @Nullable String handle(String connectionId, int op, JsonNode frame);

    @Override
    final GatewayReply handle(GatewayEvent event) {
        String connectionId = event.connectionId();
        JsonNode frame = parse(event.body());
        boolean allowed = parley.rateLimiter()
                .take(Limit.GATEWAY_SEND, connectionId)
                .decision()
                .allowed();
        if (!allowed || frame == null) {
            parley.sessions().drop(connectionId);
            return GatewayReply.ok();
        }
        JsonNode op = frame.path("op");
        int opcode = op.canConvertToInt() ? op.intValue() : -1;
        try {
            return GatewayReply.frame(handle(connectionId, opcode, frame));
        } catch (RuntimeException e) {
            log.error("Frame with op {} failed", opcode, e);
            return GatewayReply.frame(failed(opcode));
        }
    }

    /**
     * What a client gets whose frame could not be handled, most likely since Redis is away for a moment. A heartbeat is
     * answered: the sweeper forgives two, and a client that took its connection for dead would only add to the load.
     */
    private static @Nullable String failed(int op) {
        return switch (op) {
            case 1 -> Frame.heartbeatAck();
            case 2 -> Frame.invalidSession(false);
            case 6 -> Frame.invalidSession(true);
            default -> null;
        };
    }

    private static @Nullable JsonNode parse(@Nullable String body) {
        if (body == null || body.length() > MAX_FRAME_CHARS) {
            return null;
        }
        try {
            JsonNode frame = Json.parse(body);
            return frame.isObject() ? frame : null;
        } catch (InvalidJsonException e) {
            return null;
        }
    }
}
