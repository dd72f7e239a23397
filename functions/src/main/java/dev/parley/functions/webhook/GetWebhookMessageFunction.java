package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import dev.parley.webhook.WebhookMessages.Through;

/** A message that came through a webhook or an interaction. */
public final class GetWebhookMessageFunction extends HttpFunction {

    public GetWebhookMessageFunction() {
        this(Parley.fromEnvironment());
    }

    public GetWebhookMessageFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Through through = WebhookTokens.through(call);
        Snowflake messageId = call.pathId("message_id", ErrorCode.UNKNOWN_MESSAGE);
        return HttpReply.ok(parley.webhookMessages().get(through, messageId));
    }
}
