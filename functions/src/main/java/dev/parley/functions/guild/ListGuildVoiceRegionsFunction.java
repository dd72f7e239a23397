package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;

/** The voice regions of a guild: none, for there is no voice. */
public final class ListGuildVoiceRegionsFunction extends HttpFunction {

    public ListGuildVoiceRegionsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildVoiceRegionsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        parley.guilds().get(guildId, call.principal().userId());
        return HttpReply.ok(Json.array());
    }
}
