package dev.parley.search;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the index needs of the directory. */
final class DirectoryRows {

    private DirectoryRows() {}

    /**
     * Where the index has the messages of a channel.
     *
     * @param placeId the channel, or the one that a public thread is in
     * @param threadId the thread; null for others
     */
    record Place(long placeId, @Nullable Long threadId) {

        /** Of a channel that is gone. */
        static final Place GONE = new Place(0, null);
    }

    /** The places of those channels that are there. */
    static Map<Long, Place> places(Handle directory, Collection<Long> channelIds) {
        Map<Long, Place> places = new HashMap<>();
        if (!channelIds.isEmpty()) {
            directory
                    .select(
                            "SELECT c.id, " + PostingRows.PLACE + " AS place_id, " + PostingRows.THREAD
                                    + " AS thread_id FROM channels c WHERE c.id = ANY (?)",
                            (Object) Set.copyOf(channelIds).toArray(Long[]::new))
                    .map((rs, context) -> {
                        long thread = rs.getLong("thread_id");
                        return places.put(
                                rs.getLong("id"), new Place(rs.getLong("place_id"), thread == 0 ? null : thread));
                    })
                    .list();
        }
        return places;
    }

    /** A thread that whoever sees its parent sees. */
    record PublicThread(long parentId, long id) {}

    /** The public threads in channels. */
    static List<PublicThread> publicThreads(Handle directory, List<Long> channelIds) {
        return directory
                .select(
                        "SELECT parent_id, id FROM channels WHERE parent_id = ANY (?) AND type IN ("
                                + PostingRows.PUBLIC_THREADS + ")",
                        (Object) channelIds.toArray(Long[]::new))
                .map((rs, context) -> new PublicThread(rs.getLong("parent_id"), rs.getLong("id")))
                .list();
    }

    /** Those of the users who are bots. */
    static Set<Long> bots(Handle directory, Collection<Long> userIds) {
        return userIds.isEmpty()
                ? Set.of()
                : new HashSet<>(directory
                        .select("SELECT id FROM users WHERE id = ANY (?) AND bot", (Object)
                                Set.copyOf(userIds).toArray(Long[]::new))
                        .mapTo(Long.class)
                        .list());
    }

    static boolean hasGuild(Handle directory, long guildId) {
        return directory
                .select("SELECT EXISTS (SELECT 1 FROM guilds WHERE id = ?)", guildId)
                .mapTo(Boolean.class)
                .one();
    }
}
