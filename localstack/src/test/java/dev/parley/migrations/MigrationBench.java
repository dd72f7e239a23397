package dev.parley.migrations;

import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How long writers wait while a table with many rows is migrated: {@code ./parley bench migration [ROWS]}. Real schema, real
 * runner; four writers insert into the table all the time. The last step is what the rules forbid, for comparison.
 */
final class MigrationBench {

    private static final int ROWS = 1_000_000;
    private static final int WRITERS = 4;
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int BATCH = 5_000;

    private static final String INSERT = "INSERT INTO messages (channel_id, id, author_id, type, content, flags, tts,"
            + " mention_everyone, mentions, mention_roles, embeds)";

    private final LocalPostgres server;
    private final Path scripts;
    private final AtomicLong ids = new AtomicLong(1L << 40);
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean writing = true;
    private int version;

    private MigrationBench(LocalPostgres server, Path scripts) {
        this.server = server;
        this.scripts = scripts;
    }

    public static void main(String[] args) throws Exception {
        int rows = args.length == 0 ? ROWS : Integer.parseInt(args[0]);
        if (rows < 1_000 || rows > 50_000_000 || args.length > 1) {
            throw new IllegalArgumentException("ROWS is 1000 to 50000000");
        }
        Path folder = Files.createTempDirectory("parley-bench-");
        try (LocalPostgres server = LocalPostgres.start(folder.resolve("postgres"), BinaryCache.ofUser())) {
            Path scripts = Files.createDirectories(folder.resolve("scripts"));
            new MigrationBench(server, scripts).run(rows);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private void run(int rows) throws Exception {
        new Migrations(server.jdbcUrl(), server.user(), server.password().value()).migrate();
        execute("INSERT INTO users (id, username, username_key, bot) VALUES (1, 'writer', 'writer', true)");
        // No guild's channel: the index of the search is another measurement.
        execute("INSERT INTO channels (id, type, dm_key) VALUES (1, 1, 'bench')");
        System.err.println("filling " + rows + " rows");
        execute(INSERT
                + " SELECT 1, i, 1, 0, 'the quick brown fox jumps over the lazy dog', 0, false, false, '{}', '{}',"
                + " '[]' FROM generate_series(1, " + rows + ") i");
        execute("CREATE SCHEMA notes");
        execute("VACUUM (ANALYZE) messages");
        execute("CHECKPOINT");
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofPlatform().daemon().start(this::write));
        }
        System.out.printf(
                "%-44s %10s %10s %16s%n", rows + " rows, " + WRITERS + " writers", "took", "written", "longest wait");
        step("nothing", () -> LockSupport.parkNanos(QUIET.toNanos()));
        step(
                "add a column with a default",
                () -> migrate("ALTER TABLE messages ADD COLUMN lang smallint NOT NULL DEFAULT 0;"));
        step(
                "add a constraint, not valid",
                () -> migrate("ALTER TABLE messages ADD CONSTRAINT lang_known CHECK (lang >= 0) NOT VALID;"));
        step("validate it", () -> migrate("ALTER TABLE messages VALIDATE CONSTRAINT lang_known;"));
        step(
                "make an index concurrently",
                () -> migrate("CREATE INDEX CONCURRENTLY messages_lang ON messages (lang, id);"));
        step("fill in, " + BATCH + " rows at a time", () -> fill(rows));
        step("drop the index concurrently", () -> migrate("DROP INDEX CONCURRENTLY messages_lang;"));
        step("forbidden: make an index", () -> migrate("CREATE INDEX messages_lang ON messages (lang, id);"));
        writing = false;
        for (Thread writer : writers) {
            writer.join(LONGEST.toMillis());
        }
    }

    /** One thing that is done to the table, and its cost. */
    private interface Step {
        void run() throws Exception;
    }

    private void step(String name, Step step) throws Exception {
        longestNanos.set(0);
        long before = written.get();
        long begun = System.nanoTime();
        step.run();
        long took = System.nanoTime() - begun;
        // A writer that still waits is heard of when it is done.
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        System.out.printf(
                Locale.ROOT,
                "%-44s %8.1f s %10d %13.0f ms%n",
                name,
                took / 1e9,
                written.get() - before,
                longestNanos.get() / 1e6);
    }

    private void migrate(String sql) throws IOException {
        version++;
        Files.writeString(scripts.resolve("V" + version + "__step.sql"), sql);
        new Migrations(
                        server.jdbcUrl() + "?currentSchema=notes,public",
                        server.user(),
                        server.password().value(),
                        List.of("filesystem:" + scripts))
                .migrate();
    }

    private void fill(int rows) throws SQLException {
        try (Connection connection = server.connect(LONGEST);
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE messages SET lang = 1 WHERE channel_id = 1 AND id > ? AND id <= ?")) {
            for (long from = 0; from < rows; from += BATCH) {
                update.setLong(1, from);
                update.setLong(2, from + BATCH);
                update.executeUpdate();
            }
        }
    }

    private void write() {
        try (Connection connection = server.connect(LONGEST);
                PreparedStatement insert = connection.prepareStatement(
                        INSERT + " VALUES (1, ?, 1, 0, 'new', 0, false, false, '{}', '{}', '[]')")) {
            while (writing) {
                long begun = System.nanoTime();
                insert.setLong(1, ids.incrementAndGet());
                insert.executeUpdate();
                longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
                written.incrementAndGet();
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("A writer failed", e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(LONGEST);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
