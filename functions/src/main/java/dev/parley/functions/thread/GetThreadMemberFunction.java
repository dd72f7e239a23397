package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Somebody in a thread; {@code @me} is the caller. */
public final class GetThreadMemberFunction extends HttpFunction {

    public GetThreadMemberFunction() {
        this(Parley.fromEnvironment());
    }

    public GetThreadMemberFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Snowflake callerId = call.principal().userId();
        Snowflake userId =
                call.path("user_id").equals("@me") ? callerId : call.pathId("user_id", ErrorCode.UNKNOWN_MEMBER);
        boolean withMember = "true".equalsIgnoreCase(call.query("with_member"));
        return HttpReply.ok(parley.threadMembers().get(channelId, callerId, userId, withMember));
    }
}
