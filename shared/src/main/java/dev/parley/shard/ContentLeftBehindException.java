package dev.parley.shard;

import java.util.Map;
import java.util.stream.Collectors;

/** Settings name too few clusters. The message is for the person who deploys. */
public final class ContentLeftBehindException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param leftBehind how many logical shards are on each cluster that is not named, or on their way there or from there */
    ContentLeftBehindException(Map<String, Integer> leftBehind) {
        super(leftBehind.entrySet().stream()
                        .map(cluster ->
                                cluster.getValue() + (cluster.getValue() == 1 ? " logical shard" : " logical shards")
                                        + " on " + cluster.getKey())
                        .collect(Collectors.joining(", "))
                + " would be left behind: this deployment does not have "
                + (leftBehind.size() == 1 ? "that cluster" : "those clusters")
                + ". Move their content to zero first (./parley shards move; docs/data.md), or end the moves that are not over."
                + " The version that is deployed goes on.");
    }
}
