package dev.parley.infra.phase;

import dev.parley.infra.phase.PhaseProfile.DatabaseSize;

/**
 * One of a deployment's database clusters: {@code zero}, which has the directory and all content at first, or one of those that
 * content can be moved to (docs/shards.md).
 *
 * @param number 1 for {@code zero}; a number is never given to another cluster
 * @param size how large it is
 */
public record ClusterSpec(int number, DatabaseSize size) {

    /** The name of the cluster that has the directory. */
    public static final String ZERO = "zero";

    /** The tag that tells a deployment's clusters from each other. */
    public static final String TAG = "parley:cluster";

    public ClusterSpec {
        if (number < 1) {
            throw new IllegalArgumentException("Clusters are numbered from 1, not " + number);
        }
    }

    /** Whether it has the directory. */
    public boolean zero() {
        return number == 1;
    }

    /** What functions, and the map of the shards, call it. */
    public String name() {
        return zero() ? ZERO : "cluster-" + number;
    }

    /** A name of something that each cluster has, with the number behind it: none for {@code zero}. */
    public String numbered(String name) {
        return zero() ? name : name + "-" + number;
    }
}
