package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.channel.Channel;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Deletes a guild's channel or a thread; closes a direct-message channel for the caller. */
public final class DeleteChannelFunction extends HttpFunction {

    public DeleteChannelFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteChannelFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake userId = call.principal().userId();
        Channel channel = parley.channels().access(channelId, userId).channel();
        if (channel.guildId() == null) {
            return HttpReply.ok(parley.directChannels().close(channelId, userId));
        }
        return HttpReply.ok(
                channel.isThread()
                        ? parley.threads().delete(channelId, call.actor())
                        : parley.channelSettings().delete(channelId, call.actor()));
    }
}
