package dev.parley.local.load;

import dev.parley.local.load.Violations.Kind;
import dev.parley.local.load.WriteLog.Acknowledged;
import dev.parley.local.store.BaseBackup;
import dev.parley.local.store.LocalPostgres;
import dev.parley.local.store.PostgresOptions;
import dev.parley.local.store.WalArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Loses a database with its disk while users write, and brings it back from a base backup and the archive of its log: once
 * to the newest moment that the archive has, which the system then goes on with, and once to a moment in the middle.
 */
final class RestoreRun {

    /** For the writers to be heard again after the database is. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Options options;
    private final Consumer<String> progress;
    private final Violations violations = new Violations();
    private final WriteLog log = new WriteLog();

    /**
     * The size of a run.
     *
     * @param seed decides what is written
     * @param seconds how long is written before the loss, at least four times the archive's interval
     * @param rate messages a second
     * @param archiveSeconds how often the log goes to the archive, 1 to 60 s; what was written after the last time is lost
     */
    record Options(long seed, int seconds, double rate, int archiveSeconds) {}

    RestoreRun(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Takes the run's length and about a minute. */
    DrillResult run() throws InterruptedException, SQLException {
        progress.accept("seed " + options.seed());
        Path folder;
        try {
            folder = Files.createTempDirectory("parley-drill-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WalArchive archive = WalArchive.create(folder.resolve("archive"));
        PostgresOptions archived =
                PostgresOptions.replicated().withArchive(archive, Duration.ofSeconds(options.archiveSeconds()));
        try (DatabaseStage stage = DatabaseStage.startIn(folder, archived)) {
            return new DrillResult(run(stage, archive), violations, folder);
        }
    }

    private Report run(DatabaseStage stage, WalArchive archive) throws SQLException {
        progress.accept("users write; taking a base backup meanwhile");
        Instant moment;
        Instant loss;
        BaseBackup backup;
        long backupNanos;
        long restoreNanos;
        Instant back;
        LocalPostgres restored;
        try (Writers _ = new Writers(stage.rest(), stage.town(), options.rate(), options.seed(), log, violations)) {
            long begun = System.nanoTime();
            backup = BaseBackup.take(stage.primary(), stage.folder().resolve("backup"), true);
            backupNanos = System.nanoTime() - begun;
            progress.accept(log.count() + " messages acknowledged when the backup was there");

            pause(options.seconds() / 2.0);
            moment = Instant.now().truncatedTo(ChronoUnit.MICROS);
            pause(options.seconds() / 2.0);

            progress.accept(log.count() + " messages acknowledged; the database is lost, and its disk with it");
            loss = Instant.now();
            stage.destroyPrimary();
            long restoring = System.nanoTime();
            restored = stage.keep(
                    backup.restore(archive, null, stage.folder().resolve("newest"), stage.cache(), recovering()));
            restoreNanos = System.nanoTime() - restoring;
            back = Instant.now();
            stage.address().switchTo(restored.port());
            progress.accept("restored to the newest moment of the archive; waiting for the first write");
            Instant switched = back;
            Fleet.await(LONGEST_WAIT, () -> log.firstAfter(switched).isPresent());
        }
        List<Acknowledged> acknowledged = log.acknowledged();
        List<Acknowledged> before = acknowledged.stream()
                .filter(message -> message.answered().isBefore(back))
                .toList();
        Map<Long, String> stored = DatabaseStage.messages(restored);
        List<Acknowledged> lost = DatabaseStage.missing(before, stored);
        List<Acknowledged> lostAfter = DatabaseStage.missing(
                acknowledged.stream()
                        .filter(message -> !message.answered().isBefore(back))
                        .toList(),
                stored);
        lostAfter.forEach(message ->
                violations.add(Kind.ANSWERED_NOT_STORED, "message " + message.id() + ", answered after the restore"));

        Report report = new Report("Restore of a lost database")
                .section("run")
                .text("seed", "seed", Long.toString(options.seed()))
                .number("archive_seconds", "log to the archive every", options.archiveSeconds(), "s")
                .count("acknowledged", "rows acknowledged before the loss", before.size())
                .count("archived_pieces", "pieces of the log in the archive", archive.pieces())
                .number("backup_seconds", "base backup, while users wrote", backupNanos / 1e9, "s")
                .number("restore_seconds", "restore to the newest moment", restoreNanos / 1e9, "s");
        Optional<Instant> firstWrite = log.firstAfter(back);
        Objectives.of(loss, lost, firstWrite).report(report, violations);
        pointInTime(stage, backup, archive, moment, report);
        return report.broken(violations);
    }

    /** Rows that were acknowledged before the moment are there, and rows that were sent after it are not. */
    private void pointInTime(DatabaseStage stage, BaseBackup backup, WalArchive archive, Instant moment, Report report)
            throws SQLException {
        progress.accept("restoring to " + moment);
        try (LocalPostgres then =
                backup.restore(archive, moment, stage.folder().resolve("moment"), stage.cache(), recovering())) {
            Map<Long, String> stored = DatabaseStage.messages(then);
            List<Acknowledged> expected = log.acknowledged().stream()
                    .filter(message -> message.answered().isBefore(moment))
                    .toList();
            List<Acknowledged> missing = DatabaseStage.missing(expected, stored);
            List<Acknowledged> tooNew = log.acknowledged().stream()
                    .filter(message -> message.sent().isAfter(moment) && stored.containsKey(message.id()))
                    .toList();
            missing.forEach(message -> violations.add(
                    Kind.RESTORED_WRONG, "message " + message.id() + " of " + message.answered() + " is not there"));
            tooNew.forEach(message -> violations.add(
                    Kind.RESTORED_WRONG, "message " + message.id() + " of " + message.sent() + " is there"));
            report.section("restored to a moment in the middle")
                    .text(
                            "moment",
                            "moment",
                            moment.truncatedTo(ChronoUnit.SECONDS).toString())
                    .count("moment_rows", "rows acknowledged before it", expected.size())
                    .count("moment_missing", "of them missing", missing.size())
                    .count("moment_too_new", "rows of later than that", tooNew.size());
        }
    }

    private static PostgresOptions recovering() {
        return PostgresOptions.replicated().withStartTimeout(Objectives.TIME);
    }

    private static void pause(double seconds) {
        Fleet.await(Duration.ofMillis((long) (seconds * 1000)), () -> false);
    }
}
