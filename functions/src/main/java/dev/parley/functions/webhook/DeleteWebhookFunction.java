package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Removes a webhook. */
public final class DeleteWebhookFunction extends HttpFunction {

    public DeleteWebhookFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteWebhookFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake webhookId = call.pathId("webhook_id", ErrorCode.UNKNOWN_WEBHOOK);
        parley.webhooks().delete(webhookId, call.actor());
        return HttpReply.noContent();
    }
}
