package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.application.CommandIndex.Search;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The commands that the caller may use in a channel. */
public final class SearchCommandsFunction extends HttpFunction {

    public SearchCommandsFunction() {
        this(Parley.fromEnvironment());
    }

    public SearchCommandsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake channelId = call.pathId("channel_id", ErrorCode.UNKNOWN_CHANNEL);
        Search search = Search.read(call.query("type"), call.query("query"), call.query("limit"));
        return HttpReply.ok(
                parley.commandIndex().search(channelId, call.principal().userId(), search));
    }
}
