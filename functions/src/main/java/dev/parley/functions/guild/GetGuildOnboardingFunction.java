package dev.parley.functions.guild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;

/** What new members of a guild are asked: nothing, and it cannot be set. */
public final class GetGuildOnboardingFunction extends HttpFunction {

    public GetGuildOnboardingFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGuildOnboardingFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Snowflake guildId = call.pathId("guild_id", ErrorCode.UNKNOWN_GUILD);
        parley.guilds().get(guildId, call.principal().userId());
        ObjectNode body = Json.object();
        body.put("guild_id", guildId.toString());
        body.putArray("prompts");
        body.putArray("default_channel_ids");
        body.put("enabled", false);
        body.put("mode", 0);
        return HttpReply.ok(body);
    }
}
