package dev.parley.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.CurrentUser;
import dev.parley.application.Applications;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first event of a session (Discord documentation, "Ready"). */
final class Ready {

    private Ready() {}

    static ObjectNode body(
            CurrentUser user,
            String sessionId,
            String resumeGatewayUrl,
            List<Snowflake> guildIds,
            @Nullable Shard shard) {
        ObjectNode body = Json.object();
        body.put("v", 10);
        body.set("user", user.body());
        ArrayNode guilds = body.putArray("guilds");
        for (Snowflake guildId : guildIds) {
            guilds.addObject().put("id", guildId.toString()).put("unavailable", true);
        }
        body.put("session_id", sessionId);
        body.put("resume_gateway_url", resumeGatewayUrl);
        body.put("session_type", "normal");
        if (shard != null) {
            body.set("shard", shard.body());
        }
        // Not documented, but JDA stores no session without it.
        body.putArray("private_channels");
        ObjectNode application = body.putObject("application");
        application.put("id", user.user().id().toString());
        application.put("flags", Applications.FLAGS);
        body.putArray("geo_ordered_rtc_regions");
        body.putArray("_trace");
        return body;
    }
}
