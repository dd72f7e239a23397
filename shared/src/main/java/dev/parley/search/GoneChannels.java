package dev.parley.search;

import dev.parley.shard.Content;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The messages of deleted channels. A channel goes at once, and nobody finds its messages any more; these go after a time in
 * which whoever was sending one has come to an end, some at a time, from the cluster that has them.
 *
 * <p>Thread-safe; two that remove at once do no harm.
 */
public final class GoneChannels {

    private static final int CHANNELS_AT_ONCE = 50;
    private static final int MESSAGES_AT_ONCE = 1_000;
    private static final int POSTINGS_AT_ONCE = 10_000;

    private final ContentDatabase content;
    private final Duration delay;

    /** @param delay longer than a function may run */
    public GoneChannels(ContentDatabase content, Duration delay) {
        this.content = content;
        this.delay = delay;
    }

    private record Gone(long channelId, @Nullable Snowflake guildId) {

        LogicalShard shard() {
            return LogicalShard.of(guildId, new Snowflake(channelId));
        }
    }

    /**
     * Removes some of what is left of deleted channels.
     *
     * @return 0 if there was nothing
     */
    public int removeSome() {
        List<Gone> due = content.clusters()
                .directory()
                .query(handle -> handle.createQuery("""
                                SELECT channel_id, guild_id FROM gone_channels
                                WHERE gone_at <= now() - make_interval(secs => :seconds) ORDER BY gone_at LIMIT :limit
                                """)
                        .bind("seconds", delay.toMillis() / 1000.0)
                        .bind("limit", CHANNELS_AT_ONCE)
                        .map((rs, context) -> new Gone(
                                rs.getLong("channel_id"),
                                rs.getObject("guild_id") == null ? null : new Snowflake(rs.getLong("guild_id"))))
                        .list());
        due.forEach(this::remove);
        return due.size();
    }

    /** Removes all that is left of a deleted channel without a guild, now. */
    public void removeDirect(Snowflake channelId) {
        Gone gone = new Gone(channelId.value(), null);
        boolean more = true;
        while (more) {
            more = remove(gone);
        }
    }

    /** Removes some of what is left of a channel, and says whether there may be more. */
    private boolean remove(Gone gone) {
        boolean more = content.transaction(gone.shard(), there -> removeSome(there, gone));
        if (!more) {
            content.clusters()
                    .directory()
                    .query(handle ->
                            handle.execute("DELETE FROM gone_channels WHERE channel_id = ?", gone.channelId()));
        }
        return more;
    }

    private static boolean removeSome(Content there, Gone gone) {
        Handle handle = there.handle();
        // The index notes nothing of what is removed here.
        handle.execute("UPDATE channel_places SET gone = true WHERE channel_id = ? AND NOT gone", gone.channelId());
        int removed = handle.execute(
                "DELETE FROM messages WHERE channel_id = ? AND id IN"
                        + " (SELECT id FROM messages WHERE channel_id = ? ORDER BY id LIMIT ?)",
                gone.channelId(),
                gone.channelId(),
                MESSAGES_AT_ONCE);
        removed += PostingRows.deleteSome(handle, gone.channelId(), POSTINGS_AT_ONCE);
        if (removed > 0) {
            return true;
        }
        handle.execute("DELETE FROM search_backlog WHERE channel_id = ?", gone.channelId());
        handle.execute("DELETE FROM channel_places WHERE channel_id = ?", gone.channelId());
        Snowflake guildId = gone.guildId();
        if (guildId != null && !there.inDirectory(directory -> DirectoryRows.hasGuild(directory, guildId.value()))) {
            handle.execute("DELETE FROM search_guilds WHERE guild_id = ?", guildId.value());
        }
        return false;
    }
}
