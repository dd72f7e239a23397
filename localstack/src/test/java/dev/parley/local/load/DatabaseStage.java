package dev.parley.local.load;

import dev.parley.local.client.RestClient;
import dev.parley.local.load.WriteLog.Acknowledged;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.DataDirectory;
import dev.parley.local.store.LocalPostgres;
import dev.parley.local.store.PostgresOptions;
import dev.parley.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A whole system whose database the drill holds in its own hands: functions reach it through an address that can be given to
 * another server, as they reach Aurora through the proxy. One thread at a time.
 */
final class DatabaseStage implements AutoCloseable {

    /** Users that write; passwords are slow on purpose. */
    private static final int USERS = 8;

    private static final int GUILDS = 2;
    private static final Duration LONGEST_QUERY = Duration.ofMinutes(2);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path folder;
    private final BinaryCache cache = BinaryCache.ofUser();
    private final LocalPostgres primary;
    private final SwitchedAddress address;
    private final ServerProcess server;
    private final Town town;

    private DatabaseStage(Path folder, PostgresOptions options) throws IOException, InterruptedException {
        this.folder = folder;
        Path cloud = folder.resolve("cloud");
        // The system's own server and the drill's are twins, so that the system knows the password and no command line
        // has it.
        try (DataDirectory data = DataDirectory.open(cloud)) {
            Path own = data.folder("postgres");
            LocalPostgres.start(own, cache).close();
            copy(own, folder.resolve("primary"));
        }
        try {
            primary = keep(LocalPostgres.start(folder.resolve("primary"), cache, options));
            address = keep(new SwitchedAddress(primary.port()));
            server = keep(ServerProcess.startOn(
                    cloud,
                    "--set",
                    Setting.DATABASE_URL.variable() + "=jdbc:postgresql://127.0.0.1:" + address.port() + "/postgres",
                    // As in the cloud.
                    "--set",
                    Setting.DATABASE_TIMEOUT.variable() + "=3s"));
            town = Town.build(rest(), USERS, GUILDS, 1);
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Starts all of it; takes up to a minute. */
    static DatabaseStage start(PostgresOptions options) throws InterruptedException {
        try {
            return new DatabaseStage(Files.createTempDirectory("parley-drill-"), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #start(PostgresOptions)}, in a folder that the caller has made, such as one with the archive in it. */
    static DatabaseStage startIn(Path folder, PostgresOptions options) throws InterruptedException {
        try {
            return new DatabaseStage(folder, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    BinaryCache cache() {
        return cache;
    }

    /** The server that the address begins with. */
    LocalPostgres primary() {
        return primary;
    }

    /** Where functions reach the database. */
    SwitchedAddress address() {
        return address;
    }

    RestClient rest() {
        return new RestClient(server.baseUrl());
    }

    Town town() {
        return town;
    }

    /** Ends the primary without a warning, and takes away what it had on its disk. */
    void destroyPrimary() {
        primary.kill();
        delete(folder.resolve("primary"));
    }

    /** Whatever is to be ended with the stage. */
    <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Every message that a server has, by its id. */
    static Map<Long, String> messages(LocalPostgres server) throws SQLException {
        Map<Long, String> messages = new HashMap<>();
        try (Connection connection = server.connect(LONGEST_QUERY);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, content FROM messages")) {
            while (rows.next()) {
                messages.put(rows.getLong(1), rows.getString(2));
            }
        }
        return messages;
    }

    /** Those of the messages that are not there, or not as they were sent. */
    static List<Acknowledged> missing(List<Acknowledged> acknowledged, Map<Long, String> stored) {
        return acknowledged.stream()
                .filter(message -> !message.content().equals(stored.get(message.id())))
                .toList();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A part of the drill did not end", e);
            }
        }
        delete(folder);
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                Files.copy(visited, target.resolve(source.relativize(visited)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
