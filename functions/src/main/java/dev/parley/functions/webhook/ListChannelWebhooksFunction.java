package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The webhooks of a channel. */
public final class ListChannelWebhooksFunction extends HttpFunction {

    public ListChannelWebhooksFunction() {
        this(Parley.fromEnvironment());
    }

    public ListChannelWebhooksFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.ok(
                parley.webhooks().ofChannel(channelId, call.principal().userId()));
    }
}
