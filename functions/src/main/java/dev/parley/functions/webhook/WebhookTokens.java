package dev.parley.functions.webhook;

import dev.parley.functions.http.HttpCall;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.webhook.WebhookMessages.Through;
import org.jspecify.annotations.Nullable;

/** What a call says of the webhook or the interaction that it goes through. */
final class WebhookTokens {

    private WebhookTokens() {}

    static Through through(HttpCall call) {
        Snowflake webhookId = call.pathId("webhook_id", ErrorCode.UNKNOWN_WEBHOOK);
        @Nullable String thread = call.query("thread_id");
        Snowflake threadId = Snowflake.parseOrNull(thread);
        if (thread != null && threadId == null) {
            throw new ApiException(ErrorCode.UNKNOWN_CHANNEL);
        }
        return new Through(webhookId, new Secret(call.path("webhook_token")), threadId);
    }

    /** Whether the caller waits for the message. */
    static boolean wantsMessage(HttpCall call) {
        return Boolean.parseBoolean(call.query("wait"));
    }
}
