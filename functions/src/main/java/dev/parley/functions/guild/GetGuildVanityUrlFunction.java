package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.permission.Permission;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;

/** A guild's invite of its own choice: none has one. */
public final class GetGuildVanityUrlFunction extends HttpFunction {

    public GetGuildVanityUrlFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildVanityUrlFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        parley.guilds().get(guildId, call.principal().userId(), Permission.MANAGE_GUILD);
        return HttpReply.ok(Json.object().putNull("code").put("uses", 0));
    }
}
