package dev.parley.functions.webhook;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.snowflake.Snowflake;

/** The webhooks of a guild. */
public final class ListGuildWebhooksFunction extends HttpFunction {

    public ListGuildWebhooksFunction() {
        this(Parley.fromEnvironment());
    }

    public ListGuildWebhooksFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        return HttpReply.ok(parley.webhooks().ofGuild(guildId, call.principal().userId()));
    }
}
