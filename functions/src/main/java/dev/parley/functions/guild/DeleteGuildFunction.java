package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Deletes a guild with everything in it. */
public final class DeleteGuildFunction extends HttpFunction {

    public DeleteGuildFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteGuildFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        parley.guildSettings().delete(guildId, call.principal().userId());
        return HttpReply.noContent();
    }
}
