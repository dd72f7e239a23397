package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The integrations of a guild. */
public final class ListGuildIntegrationsFunction extends HttpFunction {

    public ListGuildIntegrationsFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildIntegrationsFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.integrations().list(guildId, call.principal().userId()));
    }
}
