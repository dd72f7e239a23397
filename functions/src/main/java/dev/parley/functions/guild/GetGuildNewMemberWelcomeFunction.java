package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** A guild's guide for new members: none has one. */
public final class GetGuildNewMemberWelcomeFunction extends HttpFunction {

    public GetGuildNewMemberWelcomeFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildNewMemberWelcomeFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        parley.guilds().get(guildId, call.principal().userId());
        return HttpReply.noContent();
    }
}
