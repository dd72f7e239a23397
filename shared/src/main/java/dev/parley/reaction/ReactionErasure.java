package dev.parley.reaction;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes back all reactions of a user who goes. Nobody is told: there may be tens of thousands, and clients see the counts
 * when they next read the messages.
 *
 * <p>Thread-safe.
 */
public final class ReactionErasure {

    /** Messages in one transaction, which holds their rows. */
    private static final int AT_ONCE = 500;

    /** Leaves the request the time for the rest. */
    private static final Duration LONGEST = Duration.ofSeconds(18);

    private static final String SOME = """
            SELECT DISTINCT r.channel_id, r.message_id FROM reaction_users r
            JOIN channel_places p ON p.channel_id = r.channel_id
            JOIN shard_ownership o ON o.shard = p.shard AND o.state IN ('owned', 'moving', 'frozen')
            WHERE r.user_id = :user ORDER BY r.channel_id, r.message_id LIMIT :limit
            """;

    private static final String LOCK = """
            SELECT m.id FROM messages m
            WHERE (m.channel_id, m.id) IN (SELECT * FROM unnest(:channels, :messages))
            ORDER BY m.channel_id, m.id FOR NO KEY UPDATE OF m
            """;

    private static final String ERASE = """
            WITH gone AS (
              DELETE FROM reaction_users r
              WHERE r.user_id = :user AND (r.channel_id, r.message_id) IN (SELECT * FROM unnest(:channels, :messages))
              RETURNING r.channel_id, r.message_id, r.emoji
            )
            UPDATE reactions r SET count = r.count - 1 FROM gone
            WHERE r.channel_id = gone.channel_id AND r.message_id = gone.message_id AND r.emoji = gone.emoji
            """;

    private static final String TIDY = """
            DELETE FROM reactions r
            WHERE r.count = 0 AND (r.channel_id, r.message_id) IN (SELECT * FROM unnest(:channels, :messages))
            """;

    private final ContentDatabase content;
    private final Clock clock;

    public ReactionErasure(ContentDatabase content, Clock clock) {
        this.content = content;
        this.clock = clock;
    }

    private record Place(long channelId, long messageId) {}

    /**
     * Takes all back, some at a time.
     *
     * @throws ApiException {@code UNAVAILABLE} if there are more than can be taken back in one request; the next one goes
     *     on from there
     */
    public void eraseAll(Snowflake userId) {
        Instant end = clock.instant().plus(LONGEST);
        boolean more = true;
        while (more) {
            if (clock.instant().isAfter(end)) {
                throw new ApiException(ErrorCode.UNAVAILABLE);
            }
            more = content.transactionEverywhere(there -> eraseSome(there.handle(), userId))
                    .contains(true);
        }
    }

    /** Takes back those to at most 500 messages, in the caller's transaction, and says whether there were any. */
    public static boolean eraseSome(Handle transaction, Snowflake userId) {
        List<Place> places = transaction
                .createQuery(SOME)
                .bind("user", userId.value())
                .bind("limit", AT_ONCE)
                .map((rs, context) -> new Place(rs.getLong(1), rs.getLong(2)))
                .list();
        if (places.isEmpty()) {
            return false;
        }
        Long[] channels = places.stream().map(Place::channelId).toArray(Long[]::new);
        Long[] messages = places.stream().map(Place::messageId).toArray(Long[]::new);
        transaction
                .createQuery(LOCK)
                .bind("channels", channels)
                .bind("messages", messages)
                .mapTo(Long.class)
                .list();
        transaction
                .createUpdate(ERASE)
                .bind("user", userId.value())
                .bind("channels", channels)
                .bind("messages", messages)
                .execute();
        transaction
                .createUpdate(TIDY)
                .bind("channels", channels)
                .bind("messages", messages)
                .execute();
        return true;
    }
}
