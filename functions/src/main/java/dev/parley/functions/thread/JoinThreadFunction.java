package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Puts the caller into a thread. */
public final class JoinThreadFunction extends HttpFunction {

    public JoinThreadFunction() {
        this(Parley.fromEnvironment());
    }

    public JoinThreadFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        parley.threadMembers().join(channelId, call.principal().userId());
        return HttpReply.noContent();
    }
}
