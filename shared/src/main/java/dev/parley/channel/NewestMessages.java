package dev.parley.channel;

import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What the directory knows of the newest messages of channels whose messages are on other clusters. It is noted by the
 * fan-out, many at once, so that sending a message writes nothing there, unless it
 * brings a channel back that somebody has closed.
 *
 * <p>Thread-safe.
 */
public final class NewestMessages {

    private final ContentDatabase content;

    public NewestMessages(ContentDatabase content) {
        this.content = content;
    }

    /** Notes messages by their channels; one that is older than what is known is passed over. */
    public void note(Map<Snowflake, Snowflake> newest) {
        if (newest.isEmpty()) {
            return;
        }
        // In one order, so that nobody waits in a ring.
        Long[] channels =
                newest.keySet().stream().map(Snowflake::value).sorted().toArray(Long[]::new);
        Long[] messages = new Long[channels.length];
        for (int i = 0; i < channels.length; i++) {
            messages[i] = newest.getOrDefault(new Snowflake(channels[i]), new Snowflake(0))
                    .value();
        }
        content.clusters().directory().query(handle -> handle.execute("""
                        INSERT INTO newest_messages (channel_id, message_id) SELECT * FROM unnest(?::bigint[], ?::bigint[])
                        ON CONFLICT (channel_id) DO UPDATE SET message_id = excluded.message_id
                        WHERE newest_messages.message_id < excluded.message_id
                        """, channels, messages));
    }

    /**
     * Notes a message of a direct channel if somebody has closed the channel, which the message brings back for them. Does
     * nothing where the messages are with the directory, which sees them itself.
     */
    public void reopen(Snowflake channelId, Snowflake messageId) {
        if (!content.isWithDirectory(LogicalShard.of(null, channelId))) {
            content.clusters().directory().query(handle -> reopen(handle, channelId, messageId));
        }
    }

    /** As above, in a transaction of the directory, for a message that comes with it and is on another cluster. */
    public int reopen(Handle directory, Snowflake channelId, Snowflake messageId) {
        return directory
                .createUpdate("""
                        INSERT INTO newest_messages (channel_id, message_id)
                        SELECT :channel, :message WHERE EXISTS (
                          SELECT 1 FROM channel_recipients p WHERE p.channel_id = :channel AND p.closed_at < :message
                            AND p.closed_at > coalesce(
                              (SELECT n.message_id FROM newest_messages n WHERE n.channel_id = :channel), 0))
                        ON CONFLICT (channel_id) DO UPDATE SET message_id = excluded.message_id
                        WHERE newest_messages.message_id < excluded.message_id
                        """)
                .bind("channel", channelId.value())
                .bind("message", messageId.value())
                .execute();
    }
}
