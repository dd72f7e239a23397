package dev.parley.session;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Which chunk of a guild's recipients a session is in, and which partition of its deliveries.
 *
 * <p>Chunks grow in number as a guild does (linear hashing), so that no key of Redis grows past some thousand fields.
 * Partitions are always as many: what is under way to a session stays in one queue, whatever chunk it moves to.
 */
final class Chunks {

    /** Parts in which the events of a large guild are delivered side by side. */
    static final int PARTITIONS = 16;

    private static final int HASH_DIGITS = 7;

    private Chunks() {}

    /** The session's chunk in a guild with so many. */
    static int of(String sessionId, int chunks) {
        return of(hash(sessionId), chunks);
    }

    /** The session's partition. */
    static int partition(String sessionId) {
        return hash(sessionId) % PARTITIONS;
    }

    /** The chunks that hold sessions of a partition, in a guild with so many chunks. */
    static List<Integer> ofPartition(int partition, int chunks) {
        int hashes = Math.max(PARTITIONS, 2 * power(chunks));
        TreeSet<Integer> holding = new TreeSet<>();
        for (int hash = partition; hash < hashes; hash += PARTITIONS) {
            holding.add(of(hash, chunks));
        }
        return new ArrayList<>(holding);
    }

    /** The chunk that is split when one is added to so many. */
    static int nextToSplit(int chunks) {
        return chunks - power(chunks);
    }

    private static int of(int hash, int chunks) {
        int power = power(chunks);
        int wide = hash % (2 * power);
        return wide < chunks ? wide : hash % power;
    }

    /** The largest power of two up to a number of chunks. */
    private static int power(int chunks) {
        return Integer.highestOneBit(chunks);
    }

    private static int hash(String sessionId) {
        return Integer.parseInt(sessionId.substring(0, HASH_DIGITS), 16);
    }
}
