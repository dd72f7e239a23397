package dev.parley.local.store;

import dev.parley.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL 17 server on 127.0.0.1 alone, with one user and its password. Thread-safe.
 *
 * <p>What a transaction has committed stays, whatever is killed: {@code fsync} and {@code synchronous_commit} are on.
 * It ends with this JVM.
 */
public final class LocalPostgres implements LocalServer, AutoCloseable {

    private static final String NAME = "postgres";
    private static final String DATABASE = "postgres";
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int START_ATTEMPTS = 3;

    /** It does not take connections yet, or no longer (PostgreSQL, "Error Codes": cannot_connect_now; SQL: 08001). */
    private static final List<String> NOT_YET = List.of("57P03", "08001", "08006");

    /** Small, for a laptop; the rest is PostgreSQL's own default. */
    private static final Map<String, String> CONFIGURATION = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "64MB"),
            Map.entry("max_wal_size", "256MB"),
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("autovacuum", "on"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"));

    private final Supplier<ChildProcess> launcher;
    private volatile ChildProcess process;
    private volatile HeldPorts held = HeldPorts.of();
    private final Path folder;
    private final Duration startTimeout;
    private final int port;
    private final Secret password;

    private LocalPostgres(
            Supplier<ChildProcess> launcher, Path folder, Duration startTimeout, int port, Secret password) {
        this.launcher = launcher;
        this.folder = folder;
        this.startTimeout = startTimeout;
        this.process = launcher.get();
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server and waits until it takes connections. The first start in a folder makes the data; a start after
     * a crash recovers it. Gives up after 20 s without an answer.
     *
     * @param folder where its data is and stays; one server at a time
     * @param cache where the programs are unpacked
     * @throws LocalStoreException if it does not start, with the end of its log
     */
    public static LocalPostgres start(Path folder, BinaryCache cache) {
        return start(folder, cache, PostgresOptions.alone());
    }

    /**
     * As {@link #start(Path, BinaryCache)}, with a password that another server has.
     *
     * @param password of data that is made here; data that is there keeps its own
     */
    public static LocalPostgres start(Path folder, BinaryCache cache, Secret password) {
        return start(folder, cache, ServerUser.current(), PostgresOptions.alone(), password);
    }

    /**
     * As {@link #start(Path, BinaryCache)}, with options.
     *
     * @throws LocalStoreException if it does not start, with the end of its log
     */
    public static LocalPostgres start(Path folder, BinaryCache cache, PostgresOptions options) {
        return start(folder, cache, ServerUser.current(), options, null);
    }

    static LocalPostgres start(Path folder, BinaryCache cache, ServerUser user) {
        return start(folder, cache, user, PostgresOptions.alone(), null);
    }

    private static LocalPostgres start(
            Path folder, BinaryCache cache, ServerUser user, PostgresOptions options, @Nullable Secret given) {
        PostgresBinaries binaries = PostgresBinaries.unpacked(cache);
        PostgresCluster cluster = new PostgresCluster(folder, given);
        Secret password;
        try {
            StaleProcess.stop(cluster.pidFile(), NAME, StopSignal.INT);
            cluster.prepare(binaries, user);
            password = cluster.password();
        } catch (IOException e) {
            throw new LocalStoreException("The folder of PostgreSQL cannot be used: " + e.getMessage(), e);
        }
        for (int attempt = 1; ; attempt++) {
            int port = LoopbackPorts.free();
            List<String> command = command(binaries, user, port, options.settings());
            LocalPostgres postgres = new LocalPostgres(
                    () -> ChildProcess.start(NAME, command, cluster.data(), StopSignal.INT, STOP_GRACE),
                    folder,
                    options.startTimeout(),
                    port,
                    password);
            try {
                postgres.awaitReady();
                return postgres;
            } catch (LocalStoreException e) {
                postgres.close();
                boolean portTaken = postgres.process.outputTail().contains("Address already in use");
                if (!portTaken || attempt == START_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Where it listens, without user and password. */
    public String jdbcUrl() {
        return url(port);
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The server's only user, who may do everything. */
    public String user() {
        return PostgresCluster.USER;
    }

    public Secret password() {
        return password;
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Where its files are. */
    Path folder() {
        return folder;
    }

    /**
     * A connection as the server's user, which the caller closes.
     *
     * @param longest how long an answer may take, 1 s or more; rounded down to seconds
     */
    public Connection connect(Duration longest) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("password", password.value());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", Long.toString(Math.max(1, longest.toSeconds())));
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    /** The id of the server's main process. */
    public long processId() {
        return process.pid();
    }

    /** Ends all connections, and the transactions in them (PostgreSQL, "Shutting Down the Server": fast). */
    @Override
    public void stop() {
        process.stop();
        held = HeldPorts.of(port);
    }

    @Override
    public void startAgain() {
        held.close();
        for (int attempt = 1; ; attempt++) {
            process = launcher.get();
            try {
                awaitReady();
                return;
            } catch (LocalStoreException e) {
                process.stop();
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Ends it as the loss of its machine would: nothing is written any more, and nobody is told. Its files stay.
     *
     * @throws LocalStoreException if it cannot be killed
     */
    public void kill() {
        process.kill();
    }

    /**
     * Waits until a server that recovers or follows another takes writes.
     *
     * @throws LocalStoreException if it does not in time, or ends
     */
    void awaitWritable(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.awaitExit(POLL)) {
                throw new LocalStoreException("PostgreSQL ended while it recovered:\n" + process.outputTail());
            }
            try (Connection connection = connect(CHECK_TIMEOUT);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT NOT pg_is_in_recovery()")) {
                if (rows.next() && rows.getBoolean(1)) {
                    return;
                }
            } catch (SQLException e) {
                if (!NOT_YET.contains(e.getSQLState())) {
                    throw new LocalStoreException("PostgreSQL takes no connection: " + e.getMessage(), e);
                }
            }
        }
        throw new LocalStoreException(
                "PostgreSQL did not recover within " + longest.toSeconds() + " s:\n" + process.outputTail());
    }

    @Override
    public Pause pause() {
        return process.pause();
    }

    /** Ends all connections and stops the server, and kills it after 10 s. Its data stays. */
    @Override
    public void close() {
        held.close();
        process.stop();
    }

    private static List<String> command(
            PostgresBinaries binaries, ServerUser user, int port, Map<String, String> settings) {
        List<String> command = new ArrayList<>(user.prefix());
        command.addAll(List.of(binaries.program("postgres"), "-D", ".", "-p", Integer.toString(port)));
        CONFIGURATION.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        // The last of a name counts.
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + startTimeout.toNanos();
        String state = "no answer";
        while (System.nanoTime() < deadline) {
            if (process.awaitExit(POLL)) {
                throw new LocalStoreException("PostgreSQL ended while it started:\n" + process.outputTail());
            }
            try (Connection connection = connect(CHECK_TIMEOUT)) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                state = String.valueOf(e.getMessage());
                if (!NOT_YET.contains(e.getSQLState())) {
                    throw new LocalStoreException("PostgreSQL takes no connection: " + state, e);
                }
            }
        }
        throw new LocalStoreException("PostgreSQL was not ready within " + startTimeout.toSeconds() + " s (" + state
                + "):\n" + process.outputTail());
    }
}
