package dev.parley.functions.guild;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** What new members of a guild are shown. */
public final class GetGuildWelcomeScreenFunction extends HttpFunction {

    public GetGuildWelcomeScreenFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildWelcomeScreenFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(
                parley.welcomeScreens().get(guildId, call.principal().userId()));
    }
}
