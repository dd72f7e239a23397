package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A ban of a guild. */
public final class GetGuildBanFunction extends HttpFunction {

    public GetGuildBanFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildBanFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_USER);
        return HttpReply.ok(parley.bans().get(guildId, call.principal().userId(), userId));
    }
}
