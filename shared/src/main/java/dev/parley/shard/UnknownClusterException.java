package dev.parley.shard;

import java.util.Collection;

/** The map of the shards names a cluster that the settings do not. */
public final class UnknownClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownClusterException(String name, Collection<String> known) {
        super("No database cluster is named " + name + ". Name it in PARLEY_DATABASE_CLUSTERS. Known are: "
                + String.join(", ", known));
    }
}
