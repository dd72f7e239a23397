package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import dev.parley.ratelimit.Limit;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A function that gets a client's frames. It takes the rate limit's token and parses the frame; a client that sends too
 * much, or what is no frame, is told to reconnect and closed, which stands for Discord's close codes 4008, 4002 and 4001.
 */
abstract class FrameFunction extends GatewayFunction {

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
        return GatewayReply.frame(handle(connectionId, op.canConvertToInt() ? op.intValue() : -1, frame));
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
