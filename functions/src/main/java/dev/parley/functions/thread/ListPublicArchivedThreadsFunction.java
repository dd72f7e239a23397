package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import dev.parley.thread.ThreadPage;

/** The archived public threads of a channel. */
public final class ListPublicArchivedThreadsFunction extends HttpFunction {

    public ListPublicArchivedThreadsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListPublicArchivedThreadsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        ThreadPage page = ThreadPage.read(call.query("before"), call.query("limit"));
        return HttpReply.ok(
                parley.threadLists().archivedPublic(channelId, call.principal().userId(), page));
    }
}
