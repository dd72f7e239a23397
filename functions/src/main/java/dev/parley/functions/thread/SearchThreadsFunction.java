package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;
import dev.parley.thread.ThreadQuery;

/** Threads of a channel by their names. */
public final class SearchThreadsFunction extends HttpFunction {

    public SearchThreadsFunction() {
        this(Parley.fromEnvironment());
    }

    public SearchThreadsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        ThreadQuery query = ThreadQuery.read(call.queries());
        return HttpReply.ok(
                parley.threadLists().search(channelId, call.principal().userId(), query));
    }
}
