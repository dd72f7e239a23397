package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes a guild's channel or a thread. */
public final class ModifyChannelFunction extends HttpFunction {

    public ModifyChannelFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyChannelFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        if (parley.channels().access(channelId, call.actor().userId()).channel().isThread()) {
            return HttpReply.ok(parley.threads().modify(channelId, call.actor(), call.form()));
        }
        return HttpReply.ok(parley.channelSettings().modify(channelId, call.actor(), call.form()));
    }
}
