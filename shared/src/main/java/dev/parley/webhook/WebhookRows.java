package dev.parley.webhook;

import dev.parley.account.User;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of webhooks. Everything runs in the caller's transaction. */
final class WebhookRows {

    private static final String SELECT = """
            SELECT w.id, w.guild_id, w.channel_id, w.creator_id, w.application_id, w.name, w.avatar, w.token,
                   u.username, u.global_name, u.avatar AS user_avatar, u.bot
            FROM webhooks w LEFT JOIN users u ON u.id = w.creator_id
            """;

    private WebhookRows() {}

    static Optional<Webhook> find(Handle handle, Snowflake id) {
        return handle.select(SELECT + "WHERE w.id = ?", id.value())
                .map((rs, context) -> read(rs))
                .findOne();
    }

    static List<Webhook> ofChannel(Handle handle, Snowflake channelId) {
        return handle.select(SELECT + "WHERE w.channel_id = ? ORDER BY w.id", channelId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    static List<Webhook> ofGuild(Handle handle, Snowflake guildId) {
        return handle.select(SELECT + "WHERE w.guild_id = ? ORDER BY w.id", guildId.value())
                .map((rs, context) -> read(rs))
                .list();
    }

    static int count(Handle handle, Snowflake channelId) {
        return handle.select("SELECT count(*) FROM webhooks WHERE channel_id = ?", channelId.value())
                .mapTo(Integer.class)
                .one();
    }

    static void insert(Handle handle, Webhook webhook) {
        User creator = webhook.creator();
        Snowflake applicationId = webhook.applicationId();
        handle.execute(
                "INSERT INTO webhooks (id, guild_id, channel_id, creator_id, application_id, name, avatar, token)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                webhook.id().value(),
                webhook.guildId().value(),
                webhook.channelId().value(),
                creator == null ? null : creator.id().value(),
                applicationId == null ? null : applicationId.value(),
                webhook.name(),
                webhook.avatar(),
                webhook.token().value());
    }

    /** Stores a webhook's name, avatar and channel; returns whether it was there. */
    static boolean update(Handle handle, Webhook webhook) {
        return handle.execute(
                        "UPDATE webhooks SET name = ?, avatar = ?, channel_id = ? WHERE id = ?",
                        webhook.name(),
                        webhook.avatar(),
                        webhook.channelId().value(),
                        webhook.id().value())
                > 0;
    }

    /** Removes a webhook; its messages stay. Returns whether it was there. */
    static boolean delete(Handle handle, Snowflake id) {
        return handle.execute("DELETE FROM webhooks WHERE id = ?", id.value()) > 0;
    }

    /** Whether a channel is a thread of the webhook's own. */
    static boolean hasThread(Handle handle, Webhook webhook, Snowflake threadId) {
        return handle.select(
                        "SELECT EXISTS (SELECT 1 FROM channels WHERE id = ? AND parent_id = ? AND type IN (10, 11, 12))",
                        threadId.value(),
                        webhook.channelId().value())
                .mapTo(Boolean.class)
                .one();
    }

    private static Webhook read(ResultSet row) throws SQLException {
        Snowflake creatorId = id(row, "creator_id");
        return new Webhook(
                new Snowflake(row.getLong("id")),
                new Snowflake(row.getLong("guild_id")),
                new Snowflake(row.getLong("channel_id")),
                creatorId == null
                        ? null
                        : User.of(
                                creatorId,
                                row.getString("username"),
                                row.getString("global_name"),
                                row.getString("user_avatar"),
                                row.getBoolean("bot")),
                id(row, "application_id"),
                row.getString("name"),
                row.getString("avatar"),
                new Secret(row.getString("token")));
    }

    private static @Nullable Snowflake id(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : new Snowflake(value);
    }
}
