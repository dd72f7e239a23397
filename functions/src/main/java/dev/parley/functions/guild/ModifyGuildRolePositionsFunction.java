package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Puts roles at other positions. */
public final class ModifyGuildRolePositionsFunction extends HttpFunction {

    public ModifyGuildRolePositionsFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyGuildRolePositionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.roles().move(guildId, call.actor(), call.json()));
    }
}
