package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Makes a role. */
public final class CreateGuildRoleFunction extends HttpFunction {

    public CreateGuildRoleFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateGuildRoleFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.roles().create(guildId, call.actor(), call.form()));
    }
}
