package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Lifts a ban. */
public final class RemoveGuildBanFunction extends HttpFunction {

    public RemoveGuildBanFunction() {
        this(Parley.fromEnvironment());
    }

    public RemoveGuildBanFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_USER);
        parley.bans().remove(guildId, call.actor(), userId);
        return HttpReply.noContent();
    }
}
