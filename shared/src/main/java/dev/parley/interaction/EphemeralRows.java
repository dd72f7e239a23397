package dev.parley.interaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of messages that one user sees. Everything runs in the caller's transaction. */
final class EphemeralRows {

    private EphemeralRows() {}

    static void insert(Handle handle, Interaction interaction, Snowflake id, ObjectNode body) {
        handle.execute(
                "INSERT INTO ephemeral_messages (id, interaction_id, application_id, user_id, channel_id, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                id.value(),
                interaction.id().value(),
                interaction.applicationId().value(),
                interaction.userId().value(),
                interaction.channelId().value(),
                Json.text(body));
    }

    /** A message that an application has shown a user in a channel. */
    static Optional<ObjectNode> find(
            Handle handle, Snowflake id, Snowflake applicationId, Snowflake userId, Snowflake channelId) {
        return handle.select(
                        "SELECT body FROM ephemeral_messages"
                                + " WHERE id = ? AND application_id = ? AND user_id = ? AND channel_id = ?",
                        id.value(),
                        applicationId.value(),
                        userId.value(),
                        channelId.value())
                .map((rs, context) -> (ObjectNode) Json.parse(rs.getString("body")))
                .findOne();
    }

    /** As above, and takes its row until the transaction ends. */
    static Optional<ObjectNode> lock(Handle handle, Interaction interaction, Snowflake id) {
        handle.select("SELECT id FROM ephemeral_messages WHERE id = ? FOR UPDATE", id.value())
                .mapTo(Long.class)
                .findOne();
        return find(handle, id, interaction.applicationId(), interaction.userId(), interaction.channelId());
    }

    static void update(Handle handle, Snowflake id, ObjectNode body) {
        handle.execute("UPDATE ephemeral_messages SET body = ? WHERE id = ?", Json.text(body), id.value());
    }

    static void delete(Handle handle, Snowflake id) {
        handle.execute("DELETE FROM ephemeral_messages WHERE id = ?", id.value());
    }
}
