package dev.parley.shard;

import java.util.Map;

/**
 * Which cluster has the content of which logical shard.
 *
 * @param version grows with each change
 * @param elsewhere the clusters of those that are not on {@link Clusters#ZERO}, by number
 */
public record ShardMap(long version, Map<Integer, String> elsewhere) {

    /** Everything where the directory is. */
    public static final ShardMap ALL_ON_ZERO = new ShardMap(0, Map.of());

    public ShardMap {
        elsewhere = Map.copyOf(elsewhere);
    }

    /** The name of the cluster that has a logical shard. */
    public String cluster(LogicalShard shard) {
        return elsewhere.getOrDefault(shard.number(), Clusters.ZERO);
    }
}
