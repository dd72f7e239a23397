package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes a guild. */
public final class ModifyGuildFunction extends HttpFunction {

    public ModifyGuildFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyGuildFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.guildSettings().modify(guildId, call.actor(), call.form()));
    }
}
