package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table of messages. */
final class MessageRows {

    private static final String SELECT = """
            SELECT m.id, m.channel_id, m.type, m.content, m.flags, m.tts, m.mention_everyone, m.mention_roles,
                   m.embeds, m.reference_id, m.reference_type, m.reference_channel_id, m.reference_guild_id,
                   m.edited_at, m.pinned_at IS NOT NULL AS pinned, m.extra, m.author_id, u.username, u.global_name, u.avatar, u.bot,
                   (SELECT json_agg(json_build_array(x.id::text, x.username, x.global_name, x.avatar, x.bot))
                    FROM users x WHERE x.id = ANY (m.mentions)) AS mentioned
            FROM messages m LEFT JOIN users u ON u.id = m.author_id
            WHERE m.channel_id = :channel
            """;

    private static final String MESSAGE_COLUMNS = "channel_id, id, author_id, type, content, flags, tts,"
            + " mention_everyone, mentions, mention_roles, embeds, reference_id, reference_type, reference_channel_id, reference_guild_id, extra,"
            + " webhook_id, nonce";
    private static final String MESSAGE_VALUES = ":channel, :id, :author, :type, :content, :flags, :tts,"
            + " :mentionEveryone, :mentions, :mentionRoles, :embeds, :reference, :referenceType, :referenceChannel, :referenceGuild, :extra,"
            + " :webhook, :nonce";

    /** The message and its event are one statement, and so one transaction and one round trip. */
    private static final String INSERT = "WITH m AS (INSERT INTO messages (" + MESSAGE_COLUMNS + ") VALUES ("
            + MESSAGE_VALUES + ")) INSERT INTO outbox (id, payload) VALUES (:event, :payload)";

    /** As above, but nothing happens while the author's nonce stands. */
    private static final String INSERT_ONCE = """
            WITH n AS (
              INSERT INTO message_nonces (author_id, channel_id, nonce, message_id)
              VALUES (:author, :channel, :nonce, :id)
              ON CONFLICT (author_id, channel_id, nonce) DO UPDATE
              SET message_id = excluded.message_id, created_at = now()
              WHERE message_nonces.created_at < now() - interval '5 minutes'
              RETURNING 1
            ), m AS (
              INSERT INTO messages (%s) SELECT %s WHERE EXISTS (SELECT 1 FROM n)
            )
            INSERT INTO outbox (id, payload) SELECT :event, :payload WHERE EXISTS (SELECT 1 FROM n)
            """.formatted(MESSAGE_COLUMNS, MESSAGE_VALUES);

    private MessageRows() {}

    /**
     * Stores a message and its event.
     *
     * @return whether it was stored; not if {@code once} and the nonce stands
     */
    static boolean insert(Handle handle, Message message, @Nullable String nonce, boolean once, Event event) {
        MessageReference reference = message.reference();
        Snowflake webhookId = message.webhookId();
        Snowflake referenceGuild = reference == null ? null : reference.guildId();
        int rows = handle.createUpdate(once ? INSERT_ONCE : INSERT)
                .bind("channel", message.channelId().value())
                .bind("id", message.id().value())
                .bind("author", message.author().id().value())
                .bind("type", message.type())
                .bind("content", message.content())
                .bind("flags", message.flags())
                .bind("tts", message.tts())
                .bind("mentionEveryone", message.mentionEveryone())
                .bind(
                        "mentions",
                        MemberRows.longs(
                                message.mentions().stream().map(User::id).toList()))
                .bind("mentionRoles", MemberRows.longs(message.mentionRoles()))
                .bind("embeds", Json.text(message.embeds()))
                .bind(
                        "reference",
                        reference == null ? null : reference.messageId().value())
                .bind("referenceType", reference == null ? MessageReference.REPLY : reference.type())
                .bind(
                        "referenceChannel",
                        reference == null ? null : reference.channelId().value())
                .bind("referenceGuild", referenceGuild == null ? null : referenceGuild.value())
                .bind("extra", extra(message))
                .bind("webhook", webhookId == null ? null : webhookId.value())
                .bind("nonce", nonce)
                .bind("event", event.id().value())
                .bind("payload", Outbox.encode(event))
                .execute();
        return rows > 0;
    }

    /** The message that took a nonce. */
    static Optional<Message> findByNonce(Handle handle, Snowflake channelId, Snowflake authorId, String nonce) {
        Query query = handle.createQuery(SELECT + """
                         AND m.id = (SELECT message_id FROM message_nonces
                                     WHERE author_id = :author AND channel_id = :channel AND nonce = :nonce)
                        """)
                .bind("author", authorId.value())
                .bind("nonce", nonce);
        return read(handle, query, channelId).stream().findFirst();
    }

    /** A message of a channel. */
    static Optional<Message> find(Handle handle, Snowflake channelId, Snowflake id) {
        return find(handle, channelId, List.of(id)).stream().findFirst();
    }

    /** The messages of a channel with these ids. */
    static List<Message> find(Handle handle, Snowflake channelId, Collection<Snowflake> ids) {
        Query query = handle.createQuery(SELECT + " AND m.id = ANY (:ids)");
        return read(handle, query.bind("ids", MemberRows.longs(List.copyOf(ids))), channelId);
    }

    /** Takes a message's row until the transaction ends. */
    static Optional<Message> lock(Handle handle, Snowflake channelId, Snowflake id) {
        return lock(handle, channelId, List.of(id)).stream().findFirst();
    }

    /** Takes the rows of those messages that are there; all take them in one order, so that nobody waits in a circle. */
    static List<Message> lock(Handle handle, Snowflake channelId, Collection<Snowflake> ids) {
        Query query = handle.createQuery(SELECT + " AND m.id = ANY (:ids) ORDER BY m.id FOR UPDATE OF m");
        return read(handle, query.bind("ids", MemberRows.longs(List.copyOf(ids))), channelId);
    }

    /** Stores what of a message can change, but its pin. */
    static void update(Handle handle, Message message) {
        Instant editedAt = message.editedAt();
        handle.createUpdate("""
                        UPDATE messages SET content = :content, flags = :flags, mention_everyone = :mentionEveryone,
                               mentions = :mentions, mention_roles = :mentionRoles, embeds = :embeds,
                               edited_at = :editedAt, extra = :extra
                        WHERE channel_id = :channel AND id = :id
                        """)
                .bind("channel", message.channelId().value())
                .bind("id", message.id().value())
                .bind("content", message.content())
                .bind("flags", message.flags())
                .bind("mentionEveryone", message.mentionEveryone())
                .bind(
                        "mentions",
                        MemberRows.longs(
                                message.mentions().stream().map(User::id).toList()))
                .bind("mentionRoles", MemberRows.longs(message.mentionRoles()))
                .bind("embeds", Json.text(message.embeds()))
                .bind("editedAt", editedAt == null ? null : editedAt.atOffset(ZoneOffset.UTC))
                .bind("extra", extra(message))
                .execute();
    }

    /** Removes messages. */
    static void delete(Handle handle, Snowflake channelId, List<Snowflake> ids) {
        handle.execute(
                "DELETE FROM messages WHERE channel_id = ? AND id = ANY (?)", channelId.value(), MemberRows.longs(ids));
    }

    /** Sets a flag. */
    static void mark(Handle handle, Snowflake channelId, Snowflake messageId, int flag) {
        handle.execute(
                "UPDATE messages SET flags = flags | ? WHERE channel_id = ? AND id = ?",
                flag,
                channelId.value(),
                messageId.value());
    }

    /** Takes a flag away. */
    static void unmark(Handle handle, Snowflake channelId, Snowflake messageId, int flag) {
        handle.execute(
                "UPDATE messages SET flags = flags & ~? WHERE channel_id = ? AND id = ?",
                flag,
                channelId.value(),
                messageId.value());
    }

    /** At most {@code limit} messages with smaller ids, the newest first. */
    static List<Message> before(Handle handle, Snowflake channelId, long id, int limit) {
        return page(handle, " AND m.id < :bound ORDER BY m.id DESC LIMIT :limit", channelId, id, limit);
    }

    /** At most {@code limit} messages with larger ids, those next to it, the oldest first. */
    static List<Message> after(Handle handle, Snowflake channelId, long id, int limit) {
        return page(handle, " AND m.id > :bound ORDER BY m.id LIMIT :limit", channelId, id, limit);
    }

    private static List<Message> page(Handle handle, String range, Snowflake channelId, long bound, int limit) {
        Query query = handle.createQuery(SELECT + range).bind("bound", bound).bind("limit", limit);
        return read(handle, query, channelId);
    }

    private static List<Message> read(Handle handle, Query query, Snowflake channelId) {
        List<Message> messages = query.bind("channel", channelId.value())
                .map((rs, context) -> read(rs))
                .list();
        return StoredUsers.shown(handle, messages);
    }

    private static @Nullable String extra(Message message) {
        return message.extra().isEmpty() ? null : Json.text(StoredUsers.idsOnly(message.extra()));
    }

    private static Message read(ResultSet row) throws SQLException {
        String text = row.getString("extra");
        ObjectNode extra = text == null ? Json.object() : (ObjectNode) Json.parse(text);
        return new Message(
                new Snowflake(row.getLong("id")),
                new Snowflake(row.getLong("channel_id")),
                author(row, extra),
                row.getInt("type"),
                row.getString("content"),
                row.getInt("flags"),
                row.getBoolean("tts"),
                row.getBoolean("mention_everyone"),
                users(row.getString("mentioned")),
                MemberRows.roles(row, "mention_roles"),
                Json.parse(row.getString("embeds")),
                reference(row),
                row.getObject("edited_at") == null ? null : MemberRows.instant(row, "edited_at"),
                row.getBoolean("pinned"),
                extra);
    }

    private static User author(ResultSet row, ObjectNode extra) throws SQLException {
        Snowflake id = new Snowflake(row.getLong("author_id"));
        String username = row.getString("username");
        if (username != null) {
            return User.of(id, username, row.getString("global_name"), row.getString("avatar"), row.getBoolean("bot"));
        }
        JsonNode shown = extra.path("author");
        return User.of(
                id, shown.path("username").asText(), null, shown.path("avatar").textValue(), true);
    }

    private static @Nullable MessageReference reference(ResultSet row) throws SQLException {
        long messageId = row.getLong("reference_id");
        if (messageId == 0) {
            return null;
        }
        long guildId = row.getLong("reference_guild_id");
        return new MessageReference(
                row.getInt("reference_type"),
                guildId == 0 ? null : new Snowflake(guildId),
                new Snowflake(row.getLong("reference_channel_id")),
                new Snowflake(messageId));
    }

    private static List<User> users(@Nullable String json) {
        List<User> users = new ArrayList<>();
        if (json != null) {
            for (JsonNode user : Json.parse(json)) {
                users.add(User.of(
                        Snowflake.parse(user.get(0).asText()),
                        user.get(1).asText(),
                        user.get(2).isNull() ? null : user.get(2).asText(),
                        user.get(3).isNull() ? null : user.get(3).asText(),
                        user.get(4).asBoolean()));
            }
        }
        return users;
    }
}
