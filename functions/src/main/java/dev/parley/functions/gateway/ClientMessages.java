package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.ratelimit.Limit;
import dev.parley.session.Frame;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * Messages that clients send on the gateway: op 0 with {@code t: MESSAGE_CREATE}. Discord has no such thing; Parley takes
 * it with the same rules as the REST route. With {@code channel_id} the message goes there, without it to the user's own
 * saved messages.
 *
 * <p>Thread-safe.
 */
final class ClientMessages {

    private final Parley parley;

    ClientMessages(Parley parley) {
        this.parley = parley;
    }

    /** Creates the message; a refusal is a frame for the client, with no {@code s} of its own. */
    @Nullable String create(String connectionId, JsonNode frame) {
        if (!"MESSAGE_CREATE".equals(frame.path("t").asText())) {
            return null;
        }
        Snowflake userId = parley.sessions().userOf(connectionId);
        if (userId == null) {
            return Frame.invalidSession(false);
        }
        JsonNode data = frame.path("d");
        try {
            Form form = new Form(data);
            Snowflake channelId = form.optionalSnowflake("channel_id");
            form.check();
            create(userId, channelId == null ? parley.directChannels().savedMessages(userId) : channelId, form);
            return null;
        } catch (ApiException e) {
            return refusal(e, data);
        }
    }

    private void create(Snowflake userId, Snowflake channelId, Form form) {
        // The bucket of the REST route: a second way in is no second allowance.
        String subject = userId + ":" + Limit.CREATE_MESSAGE + ":" + channelId;
        if (!parley.rateLimiter().take(Limit.CREATE_MESSAGE, subject).decision().allowed()) {
            throw new ApiException(ErrorCode.RATE_LIMITED);
        }
        parley.messages().create(channelId, userId, form);
    }

    private static String refusal(ApiException refusal, JsonNode data) {
        ObjectNode details = refusal.body();
        if (data.hasNonNull("nonce")) {
            details.set("nonce", data.get("nonce"));
        }
        ObjectNode frame = Json.object();
        frame.put("op", 0);
        frame.set("d", details);
        frame.putNull("s");
        frame.put("t", "MESSAGE_CREATE_REFUSED");
        return Json.text(frame);
    }
}
