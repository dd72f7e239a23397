package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;

/** A webhook, for who has its token. */
public final class GetWebhookWithTokenFunction extends HttpFunction {

    public GetWebhookWithTokenFunction() {
        this(Parley.fromEnvironment());
    }

    public GetWebhookWithTokenFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake webhookId = call.pathId("webhook_id", ErrorCode.UNKNOWN_WEBHOOK);
        Secret token = new Secret(call.path("webhook_token"));
        return HttpReply.ok(parley.webhooks().getByToken(webhookId, token));
    }
}
