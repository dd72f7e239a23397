package dev.parley.local;

import dev.parley.Parley;
import dev.parley.shard.Clusters;

/** Puts the content of a new system on another cluster. */
public final class ContentPlacement {

    private ContentPlacement() {}

    /** Gives all logical shards, in which there is nothing yet, to a cluster. */
    public static void moveEmpty(Parley system, String cluster) {
        Clusters clusters = system.content().clusters();
        clusters.directory().query(handle -> handle.execute("UPDATE shard_ownership SET state = 'absent'"));
        clusters.get(cluster).query(handle -> handle.execute("UPDATE shard_ownership SET state = 'owned'"));
        clusters.directory()
                .query(handle -> handle.execute(
                        "INSERT INTO shard_map (shard, cluster) SELECT s, ? FROM generate_series(0, 1023) AS s",
                        cluster));
        clusters.directory().query(handle -> handle.execute("UPDATE shard_map_version SET version = version + 1"));
    }
}
