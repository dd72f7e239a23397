package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Removes a role. */
public final class DeleteGuildRoleFunction extends HttpFunction {

    public DeleteGuildRoleFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteGuildRoleFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake roleId = call.pathId("role_id", ErrorCode.UNKNOWN_ROLE);
        parley.roles().delete(guildId, call.actor(), roleId);
        return HttpReply.noContent();
    }
}
