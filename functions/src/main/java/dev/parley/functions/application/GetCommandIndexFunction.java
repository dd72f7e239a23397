package dev.parley.functions.application;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The commands that a guild has. */
public final class GetCommandIndexFunction extends HttpFunction {

    public GetCommandIndexFunction() {
        this(Parley.fromEnvironment());
    }

    public GetCommandIndexFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(
                parley.commandIndex().ofGuild(guildId, call.principal().userId()));
    }
}
