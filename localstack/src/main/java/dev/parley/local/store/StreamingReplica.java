package dev.parley.local.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A hot standby of a local PostgreSQL: it gets the log over the network, answers queries, and can take the primary's place
 * (PostgreSQL documentation, "Log-Shipping Standby Servers"). Thread-safe.
 *
 * <p>A slot on the primary keeps the log for it, however long it is away. It ends with this JVM.
 */
public final class StreamingReplica implements AutoCloseable {

    private static final Duration FIRST_CONTACT = Duration.ofSeconds(30);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final LocalPostgres primary;
    private final LocalPostgres server;
    private final ReplicaOptions options;

    private StreamingReplica(LocalPostgres primary, LocalPostgres server, ReplicaOptions options) {
        this.primary = primary;
        this.server = server;
        this.options = options;
    }

    /**
     * Makes a replica of a primary, and waits until it gets the log. The primary works on meanwhile.
     *
     * @param primary started with {@link PostgresOptions#replicated()}, or more than that
     * @param folder a new folder for the replica's files
     * @throws LocalStoreException if it cannot be made
     */
    public static StreamingReplica of(LocalPostgres primary, Path folder, BinaryCache cache, ReplicaOptions options) {
        Path draft = folder.resolveSibling(folder.getFileName() + ".backup");
        try {
            execute(primary, "SELECT pg_create_physical_replication_slot('" + options.name() + "', true)");
            BaseBackup backup = BaseBackup.take(primary, draft, false);
            backup.copyTo(folder, "standby.signal");
            backup.delete();
            PostgresCluster cluster = new PostgresCluster(folder);
            // What was set on the primary by ALTER SYSTEM is not the replica's. The password is in a file, because
            // others can see a command line.
            PrivateFiles.write(cluster.data().resolve("postgresql.auto.conf"), """
                    primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=%s connect_timeout=5'
                    primary_slot_name = '%s'
                    recovery_min_apply_delay = '%dms'
                    wal_receiver_timeout = '10s'
                    wal_retrieve_retry_interval = '500ms'
                    """.formatted(
                            options.port() == 0 ? primary.port() : options.port(),
                            primary.user(),
                            primary.password().value(),
                            options.name(),
                            options.name(),
                            options.applyDelay().toMillis()));
        } catch (IOException e) {
            throw new LocalStoreException("The replica's folder cannot be written: " + e.getMessage(), e);
        }
        LocalPostgres server = LocalPostgres.start(folder, cache, PostgresOptions.replicated());
        StreamingReplica replica = new StreamingReplica(primary, server, options);
        try {
            replica.awaitContact();
            if (options.synchronous()) {
                execute(primary, "ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (" + options.name() + ")'");
                execute(primary, "SELECT pg_reload_conf()");
                replica.awaitState("sync");
            }
            return replica;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The replica's own server, which takes queries; after {@link #promote} also writes. */
    public LocalPostgres server() {
        return server;
    }

    /**
     * Waits until queries on the replica see all that the primary has committed before this call.
     *
     * @return false if they do not in time
     */
    public boolean awaitCaughtUp(Duration longest) {
        String position = query(primary, "SELECT pg_current_wal_flush_lsn()");
        return await(
                longest,
                () -> query(server, "SELECT pg_last_wal_replay_lsn() >= '" + position + "'::pg_lsn")
                        .equals("t"));
    }

    /** Whether the primary sends its log to the replica now; only while the primary is there. */
    public boolean connected() {
        return !state().isEmpty();
    }

    /**
     * Makes the replica a primary of its own, with all of the log that it has, and waits until it takes writes. The old
     * primary must not take any more: nothing keeps the two from going different ways. What an apply delay has held back
     * is applied as well, without the wait.
     *
     * @throws LocalStoreException if it is none in time
     */
    public LocalPostgres promote(Duration longest) {
        execute(server, "ALTER SYSTEM SET recovery_min_apply_delay = 0");
        execute(server, "SELECT pg_reload_conf()");
        execute(server, "SELECT pg_promote(false)");
        server.awaitWritable(longest);
        return server;
    }

    /** Stops the replica. A synchronous one must not be waited for any more: commits on the primary would hang. */
    @Override
    public void close() {
        server.close();
    }

    private void awaitContact() {
        if (!await(FIRST_CONTACT, () -> state().startsWith("streaming"))) {
            throw new LocalStoreException("The replica " + options.name() + " gets nothing from its primary");
        }
    }

    private void awaitState(String wanted) {
        if (!await(FIRST_CONTACT, () -> state().endsWith(" " + wanted))) {
            throw new LocalStoreException("The replica " + options.name() + " is not " + wanted + ": " + state());
        }
    }

    /** What the primary knows of it, such as {@code streaming sync}; empty if they are not connected. */
    private String state() {
        try (Connection connection = primary.connect(QUERY_TIMEOUT);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT state || ' ' || sync_state FROM pg_stat_replication WHERE application_name = ?")) {
            statement.setString(1, options.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        } catch (SQLException e) {
            throw new LocalStoreException("The primary does not answer: " + e.getMessage(), e);
        }
    }

    private static boolean await(Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL.toMillis()));
        }
        return true;
    }

    private static void execute(LocalPostgres server, String sql) {
        try (Connection connection = server.connect(QUERY_TIMEOUT);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LocalStoreException("PostgreSQL refuses: " + e.getMessage(), e);
        }
    }

    private static String query(LocalPostgres server, String sql) {
        try (Connection connection = server.connect(QUERY_TIMEOUT);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new LocalStoreException("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }
}
