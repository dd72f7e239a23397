package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Bans a user from a guild. */
public final class CreateGuildBanFunction extends HttpFunction {

    public CreateGuildBanFunction() {
        this(Parley.fromEnvironment());
    }

    public CreateGuildBanFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_USER);
        parley.bans().add(guildId, call.actor(), userId, call.form());
        return HttpReply.noContent();
    }
}
