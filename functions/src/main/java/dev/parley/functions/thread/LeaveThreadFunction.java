package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Takes the caller out of a thread. */
public final class LeaveThreadFunction extends HttpFunction {

    public LeaveThreadFunction() {
        this(Parley.fromEnvironment());
    }

    public LeaveThreadFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        parley.threadMembers().leave(channelId, call.principal().userId());
        return HttpReply.noContent();
    }
}
