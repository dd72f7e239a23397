package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes a webhook. */
public final class CreateWebhookFunction extends HttpFunction {

    public CreateWebhookFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateWebhookFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.ok(parley.webhooks().create(channelId, call.actor(), call.form()));
    }
}
