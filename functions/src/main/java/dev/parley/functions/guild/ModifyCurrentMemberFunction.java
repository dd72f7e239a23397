package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Changes the caller's own nick. */
public final class ModifyCurrentMemberFunction extends HttpFunction {

    public ModifyCurrentMemberFunction() {
        this(Parley.fromEnvironment());
    }

    public ModifyCurrentMemberFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.members().modifySelf(guildId, call.actor(), call.form()));
    }
}
