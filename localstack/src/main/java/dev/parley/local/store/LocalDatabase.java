package dev.parley.local.store;

import dev.parley.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The database of one machine: PostgreSQL, and what stands around it. Thread-safe. */
public final class LocalDatabase implements AutoCloseable {

    /** What the primary knows the replica by. */
    private static final String REPLICA = "reader";

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final LocalPostgres postgres;
    private final @Nullable StreamingReplica replica;
    private final @Nullable LocalPgBouncer pooler;

    private LocalDatabase(LocalPostgres postgres, @Nullable StreamingReplica replica, @Nullable LocalPgBouncer pooler) {
        this.postgres = postgres;
        this.replica = replica;
        this.pooler = pooler;
    }

    /**
     * Starts the servers and waits until they take connections. A replica is made anew each time.
     *
     * @param folder holds a folder of each server; one database at a time
     * @param cache where PostgreSQL's programs are unpacked
     * @throws LocalStoreException if one of them does not start, with the end of its log
     */
    public static LocalDatabase start(Path folder, BinaryCache cache, LocalDatabaseOptions options) {
        Duration delay = options.replicaDelay();
        Path replicas = folder.resolve("replica");
        boolean followed = delay != null || Files.exists(replicas);
        LocalPostgres postgres = LocalPostgres.start(
                folder.resolve("postgres"), cache, followed ? PostgresOptions.replicated() : PostgresOptions.alone());
        StreamingReplica replica = null;
        try {
            if (followed) {
                forgetReplica(postgres, replicas);
            }
            if (delay != null) {
                replica = replica(postgres, replicas, cache, delay);
            }
            LocalPgBouncer pooler = options.pooler()
                    ? LocalPgBouncer.start(
                            folder.resolve("pgbouncer"), postgres, replica == null ? null : replica.server())
                    : null;
            return new LocalDatabase(postgres, replica, pooler);
        } catch (LocalStoreException e) {
            if (replica != null) {
                replica.close();
            }
            postgres.close();
            throw e;
        }
    }

    /** Where functions find it, without user and password. */
    public String jdbcUrl() {
        return pooler == null ? postgres.jdbcUrl() : pooler.jdbcUrl();
    }

    /** Where functions find its replica, without user and password; null without one. */
    public @Nullable String readerUrl() {
        if (replica == null) {
            return null;
        }
        return pooler == null ? replica.server().jdbcUrl() : pooler.readerUrl();
    }

    /** Where migrations find it, past any pooler, without user and password. */
    public String directUrl() {
        return postgres.jdbcUrl();
    }

    public String user() {
        return postgres.user();
    }

    public Secret password() {
        return postgres.password();
    }

    /** The server itself. */
    public LocalPostgres postgres() {
        return postgres;
    }

    /** Its replica; null without one. */
    public @Nullable StreamingReplica replica() {
        return replica;
    }

    @Override
    public void close() {
        if (pooler != null) {
            pooler.close();
        }
        if (replica != null) {
            replica.close();
        }
        postgres.close();
    }

    /**
     * Removes what an earlier start left. Its slot would keep the log for a replica that is no more, and the server would not
     * start with less log than slots need.
     */
    private static void forgetReplica(LocalPostgres postgres, Path replicas) {
        try (Connection connection = postgres.connect(QUERY_TIMEOUT);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
                    + REPLICA + "'");
            PrivateFiles.deleteFolder(replicas);
        } catch (SQLException | IOException e) {
            throw new LocalStoreException("An earlier replica cannot be removed: " + e.getMessage(), e);
        }
    }

    private static StreamingReplica replica(LocalPostgres postgres, Path replicas, BinaryCache cache, Duration delay) {
        try {
            // Before the slot, so that a slot is never there without it.
            PrivateFiles.createFolder(replicas);
        } catch (IOException e) {
            throw new LocalStoreException("The replica's folder cannot be written: " + e.getMessage(), e);
        }
        return StreamingReplica.of(
                postgres,
                replicas.resolve(REPLICA),
                cache,
                ReplicaOptions.asynchronous(REPLICA).withApplyDelay(delay));
    }
}
