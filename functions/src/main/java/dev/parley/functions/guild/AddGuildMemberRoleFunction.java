package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Gives a member a role. */
public final class AddGuildMemberRoleFunction extends HttpFunction {

    public AddGuildMemberRoleFunction() {
        this(Parley.fromEnvironment());
    }

    public AddGuildMemberRoleFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_MEMBER);
        Snowflake roleId = call.pathId("role_id", ErrorCode.UNKNOWN_ROLE);
        parley.members().addRole(guildId, call.actor(), userId, roleId);
        return HttpReply.noContent();
    }
}
