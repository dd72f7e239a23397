package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;

/** Somebody in a thread (Discord documentation, "Thread Member Object"). */
public record ThreadMember(Snowflake threadId, Snowflake userId, Instant joinedAt) {

    /** As clients see it. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("id", threadId.toString());
        body.put("user_id", userId.toString());
        body.put("join_timestamp", ThreadState.TIMESTAMP.format(joinedAt));
        body.put("flags", 0);
        return body;
    }
}
