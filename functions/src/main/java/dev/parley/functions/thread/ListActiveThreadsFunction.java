package dev.parley.functions.thread;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The active threads of a guild. */
public final class ListActiveThreadsFunction extends HttpFunction {

    public ListActiveThreadsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListActiveThreadsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(
                parley.threadLists().active(guildId, call.principal().userId()));
    }
}
