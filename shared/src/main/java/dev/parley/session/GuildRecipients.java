package dev.parley.session;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The sessions that hear of a guild, as they were at one moment. Immutable.
 *
 * @param large whether the guild's events go through the queue of deliveries; once they do they keep doing so, since an
 *     event must not overtake those that are under way
 * @param chunks how many chunks there are
 * @param loaded the chunks that were asked for
 */
public record GuildRecipients(boolean large, int chunks, SortedMap<Integer, List<Recipient>> loaded) {

    /** Parts in which the events of a large guild are delivered side by side. */
    public static final int PARTITIONS = Chunks.PARTITIONS;

    /** All that are loaded. */
    public List<Recipient> all() {
        List<Recipient> all = new ArrayList<>();
        loaded.values().forEach(all::addAll);
        return all;
    }

    /** Those of one partition. */
    public List<Recipient> ofPartition(int partition) {
        List<Recipient> some = new ArrayList<>();
        for (int chunk : Chunks.ofPartition(partition, chunks)) {
            for (Recipient recipient : loaded.getOrDefault(chunk, List.of())) {
                if (Chunks.partition(recipient.sessionId()) == partition) {
                    some.add(recipient);
                }
            }
        }
        return some;
    }
}
