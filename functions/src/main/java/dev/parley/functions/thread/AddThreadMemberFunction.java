package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Puts somebody into a thread. */
public final class AddThreadMemberFunction extends HttpFunction {

    public AddThreadMemberFunction() {
        this(Parley.fromEnvironment());
    }

    public AddThreadMemberFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_MEMBER);
        parley.threadMembers().add(channelId, call.principal().userId(), userId);
        return HttpReply.noContent();
    }
}
