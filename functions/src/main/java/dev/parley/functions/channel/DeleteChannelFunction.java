package dev.parley.functions.channel;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Deletes a guild's channel or a thread. */
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
        if (parley.channels().access(channelId, call.actor().userId()).channel().isThread()) {
            return HttpReply.ok(parley.threads().delete(channelId, call.actor()));
        }
        return HttpReply.ok(parley.channelSettings().delete(channelId, call.actor()));
    }
}
