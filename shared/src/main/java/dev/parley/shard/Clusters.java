package dev.parley.shard;

import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The databases of the system by name. {@link #ZERO} has the directory: users, guilds, channels, roles, members, and whatever
 * else is not content. All of them can hold content.
 *
 * <p>Thread-safe.
 */
public final class Clusters implements AutoCloseable {

    /** The name of the cluster with the directory. */
    public static final String ZERO = "zero";

    private final Database directory;
    private final Database beside;
    private final Map<String, Database> all = new LinkedHashMap<>();

    /** A system whose content and directory are in one database, which is how every system begins. */
    public Clusters(Database only) {
        this(only, only, Map.of());
    }

    /**
     * Several databases.
     *
     * @param directory the cluster with the directory
     * @param beside the same cluster with connections of its own. Whoever has a connection of another cluster asks the
     *     directory through them. So connections are waited for in one order (directory, content, beside), and never in a
     *     ring, however few there are.
     * @param others the other clusters by name
     */
    public Clusters(Database directory, Database beside, Map<String, Database> others) {
        this.directory = directory;
        this.beside = beside;
        all.put(ZERO, directory);
        all.putAll(others);
    }

    /** Whether there is but one. */
    public boolean single() {
        return all.size() == 1;
    }

    /** The cluster with the directory. */
    public Database directory() {
        return directory;
    }

    /** The cluster with the directory, for who has a connection of another cluster. */
    Database beside() {
        return beside;
    }

    /**
     * A cluster.
     *
     * @throws UnknownClusterException if the settings name none like it
     */
    public Database get(String name) {
        Database cluster = all.get(name);
        if (cluster == null) {
            throw new UnknownClusterException(name, all.keySet());
        }
        return cluster;
    }

    /** The names of the clusters, that of the directory first. */
    public List<String> names() {
        return List.copyOf(all.keySet());
    }

    /** All of them, the one with the directory first. */
    public Collection<Database> all() {
        return List.copyOf(all.values());
    }

    @Override
    public void close() {
        each().forEach(Database::close);
    }

    /** Breaks off all connections for good. */
    public void halt() {
        each().forEach(Database::halt);
    }

    private List<Database> each() {
        List<Database> each = new ArrayList<>(all.values());
        if (beside != directory) {
            each.add(beside);
        }
        return each;
    }
}
