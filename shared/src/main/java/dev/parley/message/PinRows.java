package dev.parley.message;

import dev.parley.guild.MemberRows;
import dev.parley.snowflake.Snowflake;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** When messages were pinned, in the table of messages. Everything runs in the caller's transaction. */
final class PinRows {

    /**
     * A message that is pinned.
     *
     * @param at to the millisecond, no two alike in a channel
     */
    record Pin(Instant at, Snowflake messageId) {}

    /**
     * The pins of a channel.
     *
     * @param last when the latest was pinned; null without any
     */
    record Standing(int count, @Nullable Instant last) {}

    private PinRows() {}

    /**
     * Lets nobody else change the channel's pins until the transaction ends. Messages are sent meanwhile: who notes that the
     * channel has some finds that it is noted.
     */
    static void lockChannel(Handle handle, Snowflake channelId) {
        handle.select("SELECT channel_id FROM channel_places WHERE channel_id = ? FOR NO KEY UPDATE", channelId.value())
                .mapTo(Long.class)
                .findOne();
    }

    /** The channel's pins as they are now. */
    static Standing standing(Handle handle, Snowflake channelId) {
        return handle.select(
                        "SELECT count(*) AS pins, max(pinned_at) AS last FROM messages"
                                + " WHERE channel_id = ? AND pinned_at IS NOT NULL",
                        channelId.value())
                .map((rs, context) -> new Standing(
                        rs.getInt("pins"), rs.getObject("last") == null ? null : MemberRows.instant(rs, "last")))
                .one();
    }

    /** Pins a message; null to take the pin away. */
    static void set(Handle handle, Snowflake channelId, Snowflake messageId, @Nullable Instant at) {
        handle.execute(
                "UPDATE messages SET pinned_at = ? WHERE channel_id = ? AND id = ?",
                at == null ? null : at.atOffset(ZoneOffset.UTC),
                channelId.value(),
                messageId.value());
    }

    /** At most {@code limit} pins, the latest first. */
    static List<Pin> before(Handle handle, Snowflake channelId, @Nullable Instant before, int limit) {
        return handle.createQuery("SELECT id, pinned_at FROM messages WHERE channel_id = :channel"
                        + " AND pinned_at IS NOT NULL" + (before == null ? "" : " AND pinned_at < :before")
                        + " ORDER BY pinned_at DESC LIMIT :limit")
                .bind("channel", channelId.value())
                .bind("before", before == null ? null : before.atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .map((rs, context) -> new Pin(MemberRows.instant(rs, "pinned_at"), new Snowflake(rs.getLong("id"))))
                .list();
    }
}
