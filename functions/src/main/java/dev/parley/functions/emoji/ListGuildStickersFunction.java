package dev.parley.functions.emoji;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;

/** Lists the stickers of a guild: there are none. */
public final class ListGuildStickersFunction extends HttpFunction {

    public ListGuildStickersFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildStickersFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        parley.guilds().get(guildId, call.principal().userId());
        return HttpReply.ok(Json.array());
    }
}
