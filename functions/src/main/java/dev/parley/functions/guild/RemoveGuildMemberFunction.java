package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Puts a member out of a guild. */
public final class RemoveGuildMemberFunction extends HttpFunction {

    public RemoveGuildMemberFunction() {
        this(Parley.fromEnvironment());
    }

    public RemoveGuildMemberFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake userId = call.pathId("user_id", ErrorCode.UNKNOWN_MEMBER);
        parley.members().kick(guildId, call.actor(), userId);
        return HttpReply.noContent();
    }
}
