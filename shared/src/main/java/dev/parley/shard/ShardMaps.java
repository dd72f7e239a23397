package dev.parley.shard;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The map of the shards as the directory has it, kept until somebody finds that it does not hold any more. A map that is
 * stale does no harm: each cluster knows what it has, and refuses what it has not (see {@link ContentDatabase}).
 *
 * <p>Thread-safe.
 */
final class ShardMaps {

    private final Clusters clusters;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile ShardMap known = ShardMap.ALL_ON_ZERO;
    private volatile boolean loaded;

    ShardMaps(Clusters clusters) {
        this.clusters = clusters;
        loaded = clusters.single();
    }

    /** The map, as far as it is known here. */
    ShardMap current() {
        return loaded ? known : load();
    }

    /** Reads the map anew; of many at once, one reads. */
    void refresh(ShardMap outdated) {
        lock.lock();
        try {
            if (known.version() == outdated.version()) {
                load();
            }
        } finally {
            lock.unlock();
        }
    }

    private ShardMap load() {
        lock.lock();
        try {
            ShardMap map = clusters.beside().query(handle -> {
                // The version first: of a change in between, the newer entries come with the older version, and are
                // read again.
                long version = handle.select("SELECT version FROM shard_map_version")
                        .mapTo(Long.class)
                        .one();
                Map<Integer, String> elsewhere = new HashMap<>();
                handle.select("SELECT shard, cluster FROM shard_map")
                        .map((rs, context) -> elsewhere.put(rs.getInt("shard"), rs.getString("cluster")))
                        .list();
                return new ShardMap(version, elsewhere);
            });
            known = map;
            loaded = true;
            return map;
        } finally {
            lock.unlock();
        }
    }
}
