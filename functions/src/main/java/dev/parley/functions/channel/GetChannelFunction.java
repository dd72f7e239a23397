package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A channel. */
public final class GetChannelFunction extends HttpFunction {

    public GetChannelFunction() {
        this(Parley.fromEnvironment());
    }

    public GetChannelFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        return HttpReply.ok(parley.channels().get(channelId, call.principal().userId()));
    }
}
