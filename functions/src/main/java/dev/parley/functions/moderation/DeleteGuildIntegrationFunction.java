package dev.parley.functions.moderation;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** Removes an integration from a guild. */
public final class DeleteGuildIntegrationFunction extends HttpFunction {

    public DeleteGuildIntegrationFunction() {
        this(Parley.fromEnvironment());
    }

    public DeleteGuildIntegrationFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        Snowflake integrationId = call.pathId("integration_id", ErrorCode.UNKNOWN_INTEGRATION);
        parley.integrations().delete(guildId, call.actor(), integrationId);
        return HttpReply.noContent();
    }
}
