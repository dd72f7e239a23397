package dev.parley.channel;

import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import java.util.Map;

/**
 * What the directory knows of the newest messages of channels whose messages are on other clusters. It is noted by the
 * fan-out, many at once, so that sending a message writes nothing there.
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
}
