package dev.parley.local.store;

import dev.parley.local.InstalledPrograms;
import dev.parley.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * PgBouncer in transaction mode in front of a {@link LocalPostgres}, in the place that RDS Proxy has in the cloud: what needs
 * a session fails here. Listens on 127.0.0.1 alone, for the server's user and password. Thread-safe.
 *
 * <p>It is no part of Parley and must be installed ({@code apt-get install pgbouncer}, {@code brew install pgbouncer}). It
 * ends with this JVM.
 */
public final class LocalPgBouncer implements AutoCloseable {

    private static final String NAME = "pgbouncer";
    private static final String DATABASE = "postgres";
    private static final String READERS = "readers";
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int START_ATTEMPTS = 3;

    private final ChildProcess process;
    private final int port;
    private final String user;
    private final Secret password;

    private LocalPgBouncer(ChildProcess process, int port, String user, Secret password) {
        this.process = process;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /** Whether it is installed. */
    public static boolean installed() {
        return program().isPresent();
    }

    /**
     * Starts it and waits until it lets a connection through. Gives up after 10 s without an answer.
     *
     * @param folder where its configuration is; one pooler at a time
     * @param server what it is in front of, and may be away later
     * @param reader the server's replica, if it is in front of one, too
     * @throws LocalStoreException if it is not installed, or does not start, with the end of its log
     */
    public static LocalPgBouncer start(Path folder, LocalPostgres server, @Nullable LocalPostgres reader) {
        Path program = program()
                .orElseThrow(() -> new LocalStoreException(
                        "There is no pgbouncer on the PATH or in /usr/sbin; install the package pgbouncer"));
        ServerUser account = ServerUser.current();
        for (int attempt = 1; ; attempt++) {
            int port = LoopbackPorts.free();
            LocalPgBouncer pooler = new LocalPgBouncer(
                    launch(program, account, folder, configuration(server, reader, port), server),
                    port,
                    server.user(),
                    server.password());
            try {
                pooler.awaitReady();
                return pooler;
            } catch (LocalStoreException e) {
                pooler.close();
                // The port may have gone to another program.
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Where it listens, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** Where it leads to the replica, without user and password. */
    String readerUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + READERS;
    }

    /** Lets what runs come to its end, closes all connections, and kills it after 5 s. */
    @Override
    public void close() {
        process.stop();
    }

    private static Optional<Path> program() {
        return InstalledPrograms.ofUser().find(NAME);
    }

    private static ChildProcess launch(
            Path program, ServerUser account, Path folder, String configuration, LocalPostgres server) {
        try {
            PrivateFiles.createFolder(folder);
            PrivateFiles.write(folder.resolve("pgbouncer.ini"), configuration);
            PrivateFiles.write(
                    folder.resolve("userlist.txt"),
                    "\"" + server.user() + "\" \"" + server.password().value() + "\"\n");
            account.own(folder);
        } catch (IOException e) {
            throw new LocalStoreException("The folder of PgBouncer cannot be written: " + e.getMessage(), e);
        }
        List<String> command = new ArrayList<>(account.prefix());
        command.addAll(List.of(program.toString(), "pgbouncer.ini"));
        return ChildProcess.start(NAME, command, folder, StopSignal.INT, STOP_GRACE);
    }

    /**
     * The pool's mode and sizes are those of the requirements. Servers are taken in turn, so that a statement that needs the
     * session of the one before it does not find it by luck. Who waits for one is refused after 10 s, as long as the local cloud
     * waits for a connection: two cores may be busy with passwords for seconds. RDS Proxy is told 3 s.
     */
    private static String configuration(LocalPostgres server, @Nullable LocalPostgres reader, int port) {
        return """
                [databases]
                %s = host=127.0.0.1 port=%d dbname=%s
                %s

                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = userlist.txt

                pool_mode = transaction
                max_client_conn = 1000
                default_pool_size = 50
                min_pool_size = 10
                reserve_pool_size = 5
                reserve_pool_timeout = 1

                server_round_robin = 1
                query_wait_timeout = 10
                server_login_retry = 1
                log_connections = 0
                log_disconnections = 0
                log_stats = 0
                """.formatted(
                DATABASE,
                server.port(),
                DATABASE,
                reader == null ? "" : READERS + " = host=127.0.0.1 port=" + reader.port() + " dbname=" + DATABASE,
                port);
    }

    private void awaitReady() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password.value());
        properties.setProperty("assumeMinServerVersion", "16");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
        String state = "no answer";
        while (System.nanoTime() < deadline) {
            if (process.awaitExit(POLL)) {
                throw new LocalStoreException("PgBouncer ended while it started:\n" + process.outputTail());
            }
            try (Connection connection = DriverManager.getConnection(jdbcUrl(), properties)) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                state = String.valueOf(e.getMessage());
            }
        }
        throw new LocalStoreException("PgBouncer was not ready within " + READY_TIMEOUT.toSeconds() + " s (" + state
                + "):\n" + process.outputTail());
    }
}
