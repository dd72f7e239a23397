package dev.parley.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a server's files, made while the server works (PostgreSQL documentation, "Making a Base Backup Using the Low
 * Level API"; the embedded programs have no {@code pg_basebackup}). It needs the log from its beginning on: from an
 * archive, or streamed from the server.
 *
 * @param folder holds the data and the password, as a server's folder does
 */
public record BaseBackup(Path folder) {

    private static final Duration LONGEST_QUERY = Duration.ofMinutes(5);

    /** Folders whose contents a server makes anew, or must not find (same page, "Backing Up the Data Directory"). */
    private static final Set<String> EMPTY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    /** Files that belong to the running server alone. */
    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", "standby.signal", "recovery.signal");

    private static final String CONTROL = "pg_control";

    /** With an offset in digits: names of time zones are not known yet when the setting is read. */
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * Copies a server's files.
     *
     * @param folder a new folder
     * @param archived whether to wait until the log that the copy needs is in the server's archive
     * @throws LocalStoreException if they cannot be copied
     */
    public static BaseBackup take(LocalPostgres server, Path folder, boolean archived) {
        PostgresCluster source = new PostgresCluster(server.folder());
        PostgresCluster target = new PostgresCluster(folder);
        // One session begins and ends it.
        try (Connection connection = server.connect(LONGEST_QUERY);
                Statement statement = connection.createStatement()) {
            PrivateFiles.createFolder(folder);
            PrivateFiles.write(folder.resolve("password"), source.password().value());
            PrivateFiles.createFolder(target.data());
            statement.execute("SELECT pg_backup_start('parley', true)");
            copy(source.data(), target.data());
            try (ResultSet end = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(" + archived + ")")) {
                end.next();
                PrivateFiles.write(target.data().resolve("backup_label"), end.getString(1));
            }
            return new BaseBackup(folder);
        } catch (IOException | UncheckedIOException | SQLException e) {
            throw new LocalStoreException("A base backup cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * Starts a server from a copy of this backup with the log of an archive, and waits until it takes writes. The backup
     * stays as it is.
     *
     * @param target a new folder for the server's files
     * @param until the moment to go back to, by the lost server's clock; null for all that the archive has
     * @param options of the new server; its time to start is for all of the recovery
     * @throws LocalStoreException if it cannot be restored in that time, or the archive does not reach the moment
     */
    public LocalPostgres restore(
            WalArchive archive, @Nullable Instant until, Path target, BinaryCache cache, PostgresOptions options) {
        PostgresOptions recovery = options.with("restore_command", archive.restoreCommand())
                .with("recovery_target_action", "promote")
                .with("recovery_target_timeline", "latest");
        if (until != null) {
            recovery = recovery.with("recovery_target_time", MOMENT.format(until))
                    .with("recovery_target_inclusive", "true");
        }
        copyTo(target, "recovery.signal");
        LocalPostgres server = LocalPostgres.start(target, cache, recovery);
        try {
            server.awaitWritable(options.startTimeout());
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Copies the backup into a server's folder, with the empty file that says what the server is to begin as. */
    void copyTo(Path target, String signal) {
        PostgresCluster cluster = new PostgresCluster(target);
        try {
            PrivateFiles.createFolder(target);
            PrivateFiles.write(
                    target.resolve("password"),
                    new PostgresCluster(folder).password().value());
            PrivateFiles.createFolder(cluster.data());
            copy(new PostgresCluster(folder).data(), cluster.data());
            Files.copy(folder.resolve("data/backup_label"), cluster.data().resolve("backup_label"));
            PrivateFiles.write(cluster.data().resolve(signal), "");
        } catch (IOException e) {
            throw new LocalStoreException("The backup cannot be copied: " + e.getMessage(), e);
        }
    }

    /** Deletes the backup. */
    public void delete() {
        try {
            PrivateFiles.deleteFolder(folder);
        } catch (IOException e) {
            throw new LocalStoreException("The backup cannot be deleted: " + e.getMessage(), e);
        }
    }

    /** Files come and go meanwhile, and are written to: the log has what a torn page lacks. The control file is the last. */
    private static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path relative = source.relativize(folder);
                PrivateFiles.createFolder(target.resolve(relative));
                return EMPTY.contains(relative.toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (!LEFT_OUT.contains(name) && !name.equals(CONTROL) && !name.startsWith("pgsql_tmp")) {
                    copyIfThere(file, target.resolve(source.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        Files.copy(
                source.resolve("global").resolve(CONTROL),
                target.resolve("global").resolve(CONTROL));
    }

    private static void copyIfThere(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target);
        } catch (NoSuchFileException _) {
            // A table that was dropped, or the statistics of an earlier moment.
        }
    }
}
