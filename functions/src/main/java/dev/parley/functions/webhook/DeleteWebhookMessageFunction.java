package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import dev.parley.webhook.WebhookMessages.Through;

/** Deletes a message that came through a webhook or an interaction. */
public final class DeleteWebhookMessageFunction extends HttpFunction {

    public DeleteWebhookMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteWebhookMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Through through = WebhookTokens.through(call);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        parley.webhookMessages().delete(through, messageId);
        return HttpReply.noContent();
    }
}
