package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A guild that the caller is in. */
public final class GetGuildFunction extends HttpFunction {

    public GetGuildFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(
                parley.guilds().get(guildId, call.principal().userId()).body());
    }
}
