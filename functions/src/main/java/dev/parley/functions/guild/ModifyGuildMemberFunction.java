package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes a member's nick, roles and time-out. */
public final class ModifyGuildMemberFunction extends HttpFunction {

    public ModifyGuildMemberFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyGuildMemberFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_MEMBER);
        return HttpReply.ok(parley.members().modify(guildId, call.actor(), userId, call.form()));
    }
}
