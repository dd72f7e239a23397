package dev.parley.functions.emoji;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Lists the emojis of a guild. */
public final class ListGuildEmojisFunction extends HttpFunction {

    public ListGuildEmojisFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildEmojisFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.guildEmojis().list(guildId, call.principal().userId()));
    }
}
