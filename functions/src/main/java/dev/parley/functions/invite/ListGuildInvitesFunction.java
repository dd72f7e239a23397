package dev.parley.functions.invite;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The invites to a guild. */
public final class ListGuildInvitesFunction extends HttpFunction {

    public ListGuildInvitesFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildInvitesFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.invites().ofGuild(guildId, call.principal().userId()));
    }
}
