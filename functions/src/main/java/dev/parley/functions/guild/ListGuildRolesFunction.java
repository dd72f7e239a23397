package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The roles of a guild. */
public final class ListGuildRolesFunction extends HttpFunction {

    public ListGuildRolesFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildRolesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.roles().list(guildId, call.principal().userId()));
    }
}
