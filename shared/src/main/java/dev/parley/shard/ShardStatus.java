package dev.parley.shard;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where the content is, for who looks after it.
 *
 * @param version of the map
 * @param clusters in the order of the settings, the one with the directory first
 * @param moves that are not done
 */
public record ShardStatus(long version, List<Cluster> clusters, List<Move> moves) {

    private static final String FILLED = """
            SELECT p.shard, count(*) AS channels FROM channel_places p
            JOIN shard_ownership o ON o.shard = p.shard AND o.state IN ('owned', 'moving', 'frozen')
            GROUP BY p.shard ORDER BY p.shard
            """;

    private static final String COUNTED = """
            SELECT p.shard, count(*) AS channels, coalesce(sum(m.messages), 0) AS messages,
              coalesce(sum(m.bytes), 0) AS bytes
            FROM channel_places p
            JOIN shard_ownership o ON o.shard = p.shard AND o.state IN ('owned', 'moving', 'frozen')
            LEFT JOIN (SELECT x.channel_id, count(*) AS messages, sum(pg_column_size(x)) AS bytes
                       FROM messages x GROUP BY x.channel_id) m ON m.channel_id = p.channel_id
            GROUP BY p.shard ORDER BY p.shard
            """;

    /**
     * A cluster.
     *
     * @param shards logical shards that it has
     * @param bytes of its database on the disk, indexes included
     * @param filled those of its shards that have channels with content
     */
    public record Cluster(String name, int shards, long bytes, List<Filled> filled) {}

    /**
     * A logical shard with channels.
     *
     * @param counted null if nobody counted
     */
    public record Filled(int shard, long channels, @Nullable Counted counted) {}

    /**
     * What was counted in a logical shard.
     *
     * @param bytes of the messages alone, as they are stored
     */
    public record Counted(long messages, long bytes) {}

    /** A move that is not done. */
    public record Move(int shard, String source, String target, MovePhase phase) {}

    /**
     * Reads it.
     *
     * @param count whether messages are counted, which reads all of them
     */
    public static ShardStatus read(Clusters clusters, boolean count) {
        List<Cluster> all = new ArrayList<>();
        for (String name : clusters.names()) {
            all.add(clusters.get(name).query(handle -> cluster(name, handle, count)));
        }
        return clusters.directory()
                .query(directory -> new ShardStatus(
                        directory
                                .select("SELECT version FROM shard_map_version")
                                .mapTo(Long.class)
                                .one(),
                        all,
                        MoveRecord.open(directory).stream()
                                .map(move ->
                                        new Move(move.shard().number(), move.source(), move.target(), move.phase()))
                                .toList()));
    }

    private static Cluster cluster(String name, Handle handle, boolean count) {
        int shards = handle.select("SELECT count(*) FROM shard_ownership WHERE state IN ('owned', 'moving', 'frozen')")
                .mapTo(Integer.class)
                .one();
        long bytes = handle.select("SELECT pg_database_size(current_database())")
                .mapTo(Long.class)
                .one();
        List<Filled> filled = handle.createQuery(count ? COUNTED : FILLED)
                .map((rs, context) -> new Filled(
                        rs.getInt("shard"),
                        rs.getLong("channels"),
                        count ? new Counted(rs.getLong("messages"), rs.getLong("bytes")) : null))
                .list();
        return new Cluster(name, shards, bytes, filled);
    }
}
