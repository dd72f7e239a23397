package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The caller leaves a guild. */
public final class LeaveGuildFunction extends HttpFunction {

    public LeaveGuildFunction() {
        this(Parley.fromEnvironment());
    }

    public LeaveGuildFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        parley.members().leave(guildId, call.principal().userId());
        return HttpReply.noContent();
    }
}
