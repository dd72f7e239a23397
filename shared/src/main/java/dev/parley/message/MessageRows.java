package dev.parley.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.Json;
import dev.parley.shard.Content;
import dev.parley.shard.DeferredChange;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
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
                   m.edited_at, m.pinned_at IS NOT NULL AS pinned, m.extra, m.author_id, m.mentions
            FROM messages m WHERE m.channel_id = :channel
            """;

    private static final String MESSAGE_COLUMNS = "channel_id, id, author_id, type, content, flags, tts,"
            + " mention_everyone, mentions, mention_roles, embeds, reference_id, reference_type, reference_channel_id, reference_guild_id, extra,"
            + " webhook_id, nonce";
    private static final String MESSAGE_VALUES = ":channel, :id, :author, :type, :content, :flags, :tts,"
            + " :mentionEveryone, :mentions, :mentionRoles, :embeds, :reference, :referenceType, :referenceChannel, :referenceGuild, :extra,"
            + " :webhook, :nonce";

    /** The cluster knows the channels of which it has content; what it does with a message goes by that. */
    private static final String PLACE = "p AS (INSERT INTO channel_places (channel_id, guild_id)"
            + " VALUES (:channel, :guild) ON CONFLICT DO NOTHING)";

    /** The message and its event are one statement, and so one transaction and one round trip. */
    private static final String INSERT = "WITH " + PLACE + ", m AS (INSERT INTO messages (" + MESSAGE_COLUMNS
            + ") VALUES (" + MESSAGE_VALUES + ")) INSERT INTO outbox (id, payload) VALUES (:event, :payload)";

    /** As above, but nothing happens while the author's nonce stands. */
    private static final String INSERT_ONCE = """
            WITH %s, n AS (
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
            """.formatted(PLACE, MESSAGE_COLUMNS, MESSAGE_VALUES);

    private MessageRows() {}

    /**
     * Stores a message and its event.
     *
     * @param guildId null in a direct-message channel
     * @return whether it was stored; not if {@code once} and the nonce stands
     */
    static boolean insert(
            Handle handle,
            Message message,
            @Nullable Snowflake guildId,
            @Nullable String nonce,
            boolean once,
            Event event) {
        MessageReference reference = message.reference();
        Snowflake webhookId = message.webhookId();
        Snowflake referenceGuild = reference == null ? null : reference.guildId();
        int rows = handle.createUpdate(once ? INSERT_ONCE : INSERT)
                .bind("channel", message.channelId().value())
                .bind("guild", guildId == null ? null : guildId.value())
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

    /** As {@link #insert}, as a change of another cluster; nothing happens if the message is there. */
    static DeferredChange deferred(Message message, @Nullable Snowflake guildId, Event event) {
        ObjectNode row = Json.object();
        row.put("channel_id", message.channelId().value());
        row.put("id", message.id().value());
        row.put("author_id", message.author().id().value());
        row.put("type", message.type());
        row.put("content", message.content());
        row.put("flags", message.flags());
        row.put("tts", message.tts());
        row.put("mention_everyone", message.mentionEveryone());
        ArrayNode mentions = row.putArray("mentions");
        message.mentions().forEach(user -> mentions.add(user.id().value()));
        ArrayNode roles = row.putArray("mention_roles");
        message.mentionRoles().forEach(role -> roles.add(role.value()));
        row.put("embeds", Json.text(message.embeds()));
        MessageReference reference = message.reference();
        row.put("reference_type", reference == null ? MessageReference.REPLY : reference.type());
        if (reference != null) {
            row.put("reference_id", reference.messageId().value());
            row.put("reference_channel_id", reference.channelId().value());
            Snowflake referenceGuild = reference.guildId();
            row.put("reference_guild_id", referenceGuild == null ? null : referenceGuild.value());
        }
        row.put("extra", extra(message));
        Snowflake webhookId = message.webhookId();
        row.put("webhook_id", webhookId == null ? null : webhookId.value());
        ObjectNode data = Json.object();
        data.set("row", row);
        data.put("guild", guildId == null ? null : guildId.value());
        data.put("event", event.id().value());
        data.put("payload", Outbox.encode(event));
        return DeferredChange.ofContent(
                DeferredChange.Kind.MESSAGE, message.id(), LogicalShard.of(guildId, message.channelId()), data);
    }

    /** Makes the change that {@link #deferred} gave. */
    static void insertDeferred(Handle handle, ObjectNode data) {
        handle.createUpdate("WITH " + PLACE + ", m AS (INSERT INTO messages (" + MESSAGE_COLUMNS + ") SELECT "
                        + MESSAGE_COLUMNS + " FROM json_populate_record(NULL::messages, CAST(:row AS json))"
                        + " ON CONFLICT DO NOTHING)"
                        + " INSERT INTO outbox (id, payload) VALUES (:event, :payload) ON CONFLICT DO NOTHING")
                .bind("channel", data.path("row").path("channel_id").longValue())
                .bind(
                        "guild",
                        data.path("guild").isNumber() ? data.path("guild").longValue() : null)
                .bind("row", Json.text(data.path("row")))
                .bind("event", data.path("event").longValue())
                .bind("payload", data.path("payload").asText())
                .execute();
    }

    /** The message that took a nonce. */
    static Optional<Message> findByNonce(Content content, Snowflake channelId, Snowflake authorId, String nonce) {
        Query query = content.handle()
                .createQuery(SELECT + """
                         AND m.id = (SELECT message_id FROM message_nonces
                                     WHERE author_id = :author AND channel_id = :channel AND nonce = :nonce)
                        """)
                .bind("author", authorId.value())
                .bind("nonce", nonce);
        return read(content, query, channelId).stream().findFirst();
    }

    /** A message of a channel. */
    static Optional<Message> find(Content content, Snowflake channelId, Snowflake id) {
        return find(content, channelId, List.of(id)).stream().findFirst();
    }

    /** The messages of a channel with these ids. */
    static List<Message> find(Content content, Snowflake channelId, Collection<Snowflake> ids) {
        Query query = content.handle().createQuery(SELECT + " AND m.id = ANY (:ids)");
        return read(content, query.bind("ids", MemberRows.longs(List.copyOf(ids))), channelId);
    }

    /** Takes a message's row until the transaction ends. */
    static Optional<Message> lock(Content content, Snowflake channelId, Snowflake id) {
        return lock(content, channelId, List.of(id)).stream().findFirst();
    }

    /** Takes the rows of those messages that are there; all take them in one order, so that nobody waits in a circle. */
    static List<Message> lock(Content content, Snowflake channelId, Collection<Snowflake> ids) {
        Query query = content.handle().createQuery(SELECT + " AND m.id = ANY (:ids) ORDER BY m.id FOR UPDATE OF m");
        return read(content, query.bind("ids", MemberRows.longs(List.copyOf(ids))), channelId);
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

    /**
     * Sets or takes away a flag; there may be no such message.
     *
     * @param id one for each such change
     */
    static DeferredChange flag(
            Snowflake id, LogicalShard shard, Snowflake channelId, Snowflake messageId, int flag, boolean set) {
        ObjectNode data = Json.object();
        data.put("channel", channelId.value());
        data.put("message", messageId.value());
        data.put("flag", flag);
        data.put("set", set);
        return DeferredChange.ofContent(DeferredChange.Kind.MESSAGE_FLAGS, id, shard, data);
    }

    /** Makes the change that {@link #flag} gave. */
    static void applyFlag(Handle handle, ObjectNode data) {
        handle.execute(
                "UPDATE messages SET flags = CASE WHEN ? THEN flags | ? ELSE flags & ~? END"
                        + " WHERE channel_id = ? AND id = ?",
                data.path("set").booleanValue(),
                data.path("flag").intValue(),
                data.path("flag").intValue(),
                data.path("channel").longValue(),
                data.path("message").longValue());
    }

    /** At most {@code limit} messages with smaller ids, the newest first. */
    static List<Message> before(Content content, Snowflake channelId, long id, int limit) {
        return page(content, " AND m.id < :bound ORDER BY m.id DESC LIMIT :limit", channelId, id, limit);
    }

    /** At most {@code limit} messages with larger ids, those next to it, the oldest first. */
    static List<Message> after(Content content, Snowflake channelId, long id, int limit) {
        return page(content, " AND m.id > :bound ORDER BY m.id LIMIT :limit", channelId, id, limit);
    }

    private static List<Message> page(Content content, String range, Snowflake channelId, long bound, int limit) {
        Query query = content.handle()
                .createQuery(SELECT + range)
                .bind("bound", bound)
                .bind("limit", limit);
        return read(content, query, channelId);
    }

    private static List<Message> read(Content content, Query query, Snowflake channelId) {
        List<StoredMessage> stored = query.bind("channel", channelId.value())
                .map((rs, context) -> read(rs))
                .list();
        return StoredUsers.shown(content, stored);
    }

    private static @Nullable String extra(Message message) {
        return message.extra().isEmpty() ? null : Json.text(StoredUsers.idsOnly(message.extra()));
    }

    private static StoredMessage read(ResultSet row) throws SQLException {
        String text = row.getString("extra");
        ObjectNode extra = text == null ? Json.object() : (ObjectNode) Json.parse(text);
        Message message = new Message(
                new Snowflake(row.getLong("id")),
                new Snowflake(row.getLong("channel_id")),
                shownAs(new Snowflake(row.getLong("author_id")), extra),
                row.getInt("type"),
                row.getString("content"),
                row.getInt("flags"),
                row.getBoolean("tts"),
                row.getBoolean("mention_everyone"),
                List.of(),
                MemberRows.roles(row, "mention_roles"),
                Json.parse(row.getString("embeds")),
                reference(row),
                row.getObject("edited_at") == null ? null : MemberRows.instant(row, "edited_at"),
                row.getBoolean("pinned"),
                extra);
        return new StoredMessage(message, MemberRows.roles(row, "mentions"));
    }

    /** What the message itself says of its author, which is all there is of a webhook. */
    private static User shownAs(Snowflake authorId, ObjectNode extra) {
        JsonNode shown = extra.path("author");
        return User.of(
                authorId,
                shown.path("username").asText(),
                null,
                shown.path("avatar").textValue(),
                true);
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
}
