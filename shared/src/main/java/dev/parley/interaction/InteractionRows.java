package dev.parley.interaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.digest.Sha256;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of interactions. Everything runs in the caller's transaction. */
final class InteractionRows {

    private static final String SELECT = "SELECT id, application_id, user_id, guild_id, channel_id, type, message_id,"
            + " origin, state, response_flags, response_id FROM interactions ";

    private InteractionRows() {}

    static void insert(Handle handle, Interaction interaction, Secret token) {
        handle.execute(
                "INSERT INTO interactions (id, token_hash, application_id, user_id, guild_id, channel_id, type,"
                        + " message_id, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                interaction.id().value(),
                hash(token),
                interaction.applicationId().value(),
                interaction.userId().value(),
                value(interaction.guildId()),
                interaction.channelId().value(),
                interaction.type(),
                value(interaction.messageId()),
                Json.text(interaction.origin()));
    }

    static Optional<Interaction> find(Handle handle, Snowflake id) {
        return handle.select(SELECT + "WHERE id = ?", id.value())
                .map((rs, context) -> read(rs))
                .findOne();
    }

    /** The interaction that a token belongs to; its hash is what is looked up, so that its text cannot be guessed at. */
    static Optional<Interaction> find(Handle handle, Secret token) {
        return handle.select(SELECT + "WHERE token_hash = ?", (Object) hash(token))
                .map((rs, context) -> read(rs))
                .findOne();
    }

    /**
     * Moves an interaction from one state to another.
     *
     * @return whether it was in the first; of two who try at once, one moves it
     */
    static boolean move(Handle handle, Snowflake id, int from, int to) {
        return handle.execute("UPDATE interactions SET state = ? WHERE id = ? AND state = ?", to, id.value(), from) > 0;
    }

    static void respond(Handle handle, Snowflake id, @Nullable Snowflake responseId, int responseFlags) {
        handle.execute(
                "UPDATE interactions SET response_id = ?, response_flags = ? WHERE id = ?",
                value(responseId),
                responseFlags,
                id.value());
    }

    static void setOrigin(Handle handle, Snowflake id, ObjectNode origin) {
        handle.execute("UPDATE interactions SET origin = ? WHERE id = ?", Json.text(origin), id.value());
    }

    private static byte[] hash(Secret token) {
        return Sha256.of(token.value());
    }

    private static Interaction read(ResultSet row) throws SQLException {
        return new Interaction(
                new Snowflake(row.getLong("id")),
                new Snowflake(row.getLong("application_id")),
                new Snowflake(row.getLong("user_id")),
                id(row, "guild_id"),
                new Snowflake(row.getLong("channel_id")),
                row.getInt("type"),
                id(row, "message_id"),
                (ObjectNode) Json.parse(row.getString("origin")),
                row.getInt("state"),
                row.getInt("response_flags"),
                id(row, "response_id"));
    }

    private static @Nullable Snowflake id(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : new Snowflake(value);
    }

    private static @Nullable Long value(@Nullable Snowflake id) {
        return id == null ? null : id.value();
    }
}
