package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes a role. */
public final class ModifyGuildRoleFunction extends HttpFunction {

    public ModifyGuildRoleFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyGuildRoleFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake roleId = call.pathId("role_id", ErrorCode.UNKNOWN_ROLE);
        return HttpReply.ok(parley.roles().modify(guildId, call.actor(), roleId, call.form()));
    }
}
