package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Takes somebody out of a thread. */
public final class RemoveThreadMemberFunction extends HttpFunction {

    public RemoveThreadMemberFunction() {
        this(Parley.fromEnvironment());
    }

    public RemoveThreadMemberFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_MEMBER);
        parley.threadMembers().remove(channelId, call.principal().userId(), userId);
        return HttpReply.noContent();
    }
}
