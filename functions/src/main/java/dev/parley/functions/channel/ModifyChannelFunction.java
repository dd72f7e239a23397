package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.channel.Channel;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes a guild's channel, a thread, or a group of direct messages. */
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
        Snowflake userId = call.principal().userId();
        Channel channel = parley.channels().access(channelId, userId).channel();
        if (channel.guildId() == null) {
            return HttpReply.ok(parley.groups().modify(channelId, userId, call.form()));
        }
        return HttpReply.ok(
                channel.isThread()
                        ? parley.threads().modify(channelId, call.actor(), call.form())
                        : parley.channelSettings().modify(channelId, call.actor(), call.form()));
    }
}
