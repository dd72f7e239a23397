package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes a webhook. */
public final class ModifyWebhookFunction extends HttpFunction {

    public ModifyWebhookFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyWebhookFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake webhookId = call.pathId("webhook_id", ErrorCode.UNKNOWN_WEBHOOK);
        return HttpReply.ok(parley.webhooks().modify(webhookId, call.actor(), call.form()));
    }
}
