package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import dev.parley.thread.ThreadMemberPage;

/** Who is in a thread. */
public final class ListThreadMembersFunction extends HttpFunction {

    public ListThreadMembersFunction() {
        this(Parley.fromEnvironment());
    }

    public ListThreadMembersFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        boolean withMember = "true".equalsIgnoreCase(call.query("with_member"));
        ThreadMemberPage page = ThreadMemberPage.read(call.query("after"), call.query("limit"), withMember);
        return HttpReply.ok(
                parley.threadMembers().list(channelId, call.principal().userId(), page, withMember));
    }
}
