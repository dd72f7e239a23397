package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A member of a guild. */
public final class GetGuildMemberFunction extends HttpFunction {

    public GetGuildMemberFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildMemberFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_MEMBER);
        return HttpReply.ok(parley.members().get(guildId, call.principal().userId(), userId));
    }
}
