package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import dev.parley.thread.ThreadPage;

/** The archived private threads of a channel that the caller is in. */
public final class ListJoinedPrivateArchivedThreadsFunction extends HttpFunction {

    public ListJoinedPrivateArchivedThreadsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListJoinedPrivateArchivedThreadsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        ThreadPage page = ThreadPage.read(call.query("before"), call.query("limit"));
        return HttpReply.ok(
                parley.threadLists().archivedJoined(channelId, call.principal().userId(), page));
    }
}
