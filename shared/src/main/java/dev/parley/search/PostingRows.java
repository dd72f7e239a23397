package dev.parley.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of postings, as far as it is written. Everything runs in the caller's transaction. */
final class PostingRows {

    /** The types of channels in which only their members are (Discord documentation, "Channel Types"). */
    static final String PRIVATE_THREADS = "12";

    /** The types of channels that whoever sees their parent sees. */
    static final String PUBLIC_THREADS = "10, 11";

    static final String THREADS = PUBLIC_THREADS + ", " + PRIVATE_THREADS;

    /** The place of a channel {@code c}. */
    static final String PLACE = "CASE WHEN c.type IN (" + PUBLIC_THREADS + ") THEN c.parent_id ELSE c.id END";

    /** The thread of a channel {@code c}, as its place knows it. */
    static final String THREAD = "CASE WHEN c.type IN (" + PUBLIC_THREADS + ") THEN c.id END";

    private static final String INSERT = "INSERT INTO search_postings (place_id, token, message_id, thread_id)"
            + " SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) ON CONFLICT DO NOTHING";

    private static final String DELETE = "DELETE FROM search_postings p"
            + " USING unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS k (place_id, token, message_id)"
            + " WHERE p.place_id = k.place_id AND p.token = k.token AND p.message_id = k.message_id";

    private static final String DELETE_SOME = "DELETE FROM search_postings WHERE ctid = ANY (ARRAY("
            + "SELECT ctid FROM search_postings WHERE %s = ? LIMIT ?))";

    private PostingRows() {}

    /**
     * A posting.
     *
     * @param threadId the thread in the place; null for the place itself
     */
    record Posting(
            long placeId,
            long token,
            long messageId,
            @Nullable Long threadId) {}

    /** Neighbours in the index are written one after the other. */
    static void insert(Handle handle, List<Posting> postings) {
        if (!postings.isEmpty()) {
            List<Posting> sorted = new ArrayList<>(postings);
            sorted.sort(Comparator.comparingLong(Posting::placeId)
                    .thenComparingLong(Posting::token)
                    .thenComparingLong(Posting::messageId));
            handle.execute(
                    INSERT,
                    sorted.stream().map(Posting::placeId).toArray(Long[]::new),
                    sorted.stream().map(Posting::token).toArray(Long[]::new),
                    sorted.stream().map(Posting::messageId).toArray(Long[]::new),
                    sorted.stream().map(Posting::threadId).toArray(Long[]::new));
        }
    }

    static void delete(Handle handle, Collection<Posting> postings) {
        if (!postings.isEmpty()) {
            handle.execute(
                    DELETE,
                    postings.stream().map(Posting::placeId).toArray(Long[]::new),
                    postings.stream().map(Posting::token).toArray(Long[]::new),
                    postings.stream().map(Posting::messageId).toArray(Long[]::new));
        }
    }

    /** Removes postings of a channel or thread; returns how many. */
    static int deleteSome(Handle handle, long channelId, int limit) {
        int removed = handle.execute(DELETE_SOME.formatted("place_id"), channelId, limit);
        return removed > 0 ? removed : handle.execute(DELETE_SOME.formatted("thread_id"), channelId, limit);
    }
}
