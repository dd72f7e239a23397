package dev.parley.channel;

import dev.parley.guild.MemberRows;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables of direct-message channels. Everything runs in the caller's transaction. */
final class GroupRows {

    private GroupRows() {}

    /**
     * What a direct-message channel of several has beside what every channel has.
     *
     * @param icon the icon's hash
     */
    record Group(Snowflake ownerId, @Nullable String icon) {}

    static Optional<Group> find(Handle handle, Snowflake channelId) {
        return handle.select("SELECT owner_id, icon FROM group_channels WHERE channel_id = ?", channelId.value())
                .map((rs, context) -> new Group(new Snowflake(rs.getLong("owner_id")), rs.getString("icon")))
                .findOne();
    }

    /** Takes a channel's row until the transaction ends, and says whether there is one. Messages do not wait for it. */
    static boolean lock(Handle handle, Snowflake channelId) {
        return handle.select("SELECT id FROM channels WHERE id = ? FOR NO KEY UPDATE", channelId.value())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** The users of a channel in the order of their ids. */
    static List<Snowflake> recipients(Handle handle, Snowflake channelId) {
        return handle.select(
                        "SELECT user_id FROM channel_recipients WHERE channel_id = ? ORDER BY user_id",
                        channelId.value())
                .mapTo(Long.class)
                .map(Snowflake::new)
                .list();
    }

    /** Adds the channel of two users, or of one, and says whether it was not there. */
    static boolean insertDirect(Handle handle, Snowflake channelId, String key, List<Snowflake> users) {
        boolean added = handle.execute(
                        "INSERT INTO channels (id, type, dm_key) VALUES (?, ?, ?) ON CONFLICT (dm_key) DO NOTHING",
                        channelId.value(),
                        Channel.DIRECT,
                        key)
                > 0;
        if (added) {
            addRecipients(handle, channelId, users);
        }
        return added;
    }

    static void insertGroup(Handle handle, Snowflake channelId, Snowflake ownerId, List<Snowflake> users) {
        handle.execute(
                "INSERT INTO channels (id, type, dm_key) VALUES (?, ?, ?)",
                channelId.value(),
                Channel.GROUP,
                channelId.toString());
        handle.execute(
                "INSERT INTO group_channels (channel_id, owner_id) VALUES (?, ?)", channelId.value(), ownerId.value());
        addRecipients(handle, channelId, users);
    }

    static void addRecipients(Handle handle, Snowflake channelId, List<Snowflake> users) {
        handle.execute(
                "INSERT INTO channel_recipients (channel_id, user_id) SELECT ?, unnest(?)",
                channelId.value(),
                MemberRows.longs(users));
    }

    static void removeRecipient(Handle handle, Snowflake channelId, Snowflake userId) {
        handle.execute(
                "DELETE FROM channel_recipients WHERE channel_id = ? AND user_id = ?",
                channelId.value(),
                userId.value());
    }

    static void setOwner(Handle handle, Snowflake channelId, Snowflake ownerId) {
        handle.execute(
                "UPDATE group_channels SET owner_id = ? WHERE channel_id = ?", ownerId.value(), channelId.value());
    }

    /**
     * Closes a channel for a user, or opens it again.
     *
     * @param at an id of now; null to open
     * @return whether it was otherwise
     */
    static boolean setClosed(Handle handle, Snowflake channelId, Snowflake userId, @Nullable Snowflake at) {
        return handle.createUpdate("""
                        UPDATE channel_recipients p SET closed_at = :at
                        WHERE p.channel_id = :channel AND p.user_id = :user
                          AND (CAST(:at AS bigint) IS NULL) = (p.closed_at IS NOT NULL AND p.closed_at >
                            coalesce(%s, 0))
                        """.formatted(ChannelRows.NEWEST_MESSAGE.formatted("p.channel_id")))
                        .bind("at", at == null ? null : at.value())
                        .bind("channel", channelId.value())
                        .bind("user", userId.value())
                        .execute()
                > 0;
    }
}
