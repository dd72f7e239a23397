package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A role of a guild. */
public final class GetGuildRoleFunction extends HttpFunction {

    public GetGuildRoleFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildRoleFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake roleId = call.pathId("role_id", ErrorCode.UNKNOWN_ROLE);
        return HttpReply.ok(parley.roles().get(guildId, call.principal().userId(), roleId));
    }
}
