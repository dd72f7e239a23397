package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A webhook. */
public final class GetWebhookFunction extends HttpFunction {

    public GetWebhookFunction() {
        this(Parley.fromEnvironment());
    }

    public GetWebhookFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake webhookId = call.pathId("webhook_id", ErrorCode.UNKNOWN_WEBHOOK);
        return HttpReply.ok(parley.webhooks().get(webhookId, call.principal().userId()));
    }
}
