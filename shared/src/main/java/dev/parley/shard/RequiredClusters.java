package dev.parley.shard;

import dev.parley.store.Database;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The clusters, beside that of the directory, which content is on, or on its way to or from. A deployment that does not name one of
 * them would leave that content behind, where nobody reads it.
 */
public final class RequiredClusters {

    private final Database directory;

    /** @param directory the cluster with the directory, with the newest schema */
    public RequiredClusters(Database directory) {
        this.directory = directory;
    }

    /**
     * Passes if settings name all of them.
     *
     * @param named the clusters that they name beside that of the directory
     * @throws ContentLeftBehindException if they do not
     */
    public void requireAmong(Collection<String> named) {
        Map<String, Integer> leftBehind = directory.query(handle -> {
            Map<String, Integer> shards = new TreeMap<>();
            handle.select("""
                    SELECT cluster, count(*) AS shards FROM (
                      SELECT cluster, shard FROM shard_map
                      UNION SELECT source, shard FROM shard_moves WHERE phase NOT IN ('DONE', 'ABORTED')
                      UNION SELECT target, shard FROM shard_moves WHERE phase NOT IN ('DONE', 'ABORTED')
                    ) AS used
                    WHERE cluster <> ?
                    GROUP BY cluster""", Clusters.ZERO)
                    .map((row, context) -> shards.put(row.getString("cluster"), row.getInt("shards")))
                    .list();
            return shards;
        });
        leftBehind.keySet().removeAll(named);
        if (!leftBehind.isEmpty()) {
            throw new ContentLeftBehindException(leftBehind);
        }
    }
}
