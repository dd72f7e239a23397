package dev.parley.local.load;

import dev.parley.local.load.Violations.Kind;
import dev.parley.local.load.WriteLog.Acknowledged;
import dev.parley.local.store.LocalPostgres;
import dev.parley.local.store.PostgresOptions;
import dev.parley.local.store.ReplicaOptions;
import dev.parley.local.store.StreamingReplica;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Loses a database while users write, notices it, and lets its replica take its place. */
final class FailoverRun {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** As a cluster does: it asks often, and believes only several refusals in a row. */
    private static final Duration CHECK_EVERY = Duration.ofMillis(500);

    private static final int REFUSALS = 3;
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(1);

    private final Options options;
    private final Consumer<String> progress;
    private final Violations violations = new Violations();
    private final WriteLog log = new WriteLog();

    /**
     * The size of a run.
     *
     * @param seed decides what is written
     * @param seconds how long is written before the loss, 1 or more
     * @param rate messages a second
     * @param synchronous whether a commit is acknowledged only when the replica has it
     * @param behind how many of those seconds, the last ones, the replica is cut off from its primary; 0 for not at all
     */
    record Options(long seed, int seconds, double rate, boolean synchronous, double behind) {}

    FailoverRun(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Takes the run's length and about a minute. */
    DrillResult run() throws InterruptedException, SQLException {
        progress.accept("seed " + options.seed());
        try (DatabaseStage stage = DatabaseStage.start(PostgresOptions.replicated())) {
            return new DrillResult(run(stage), violations, stage.folder());
        }
    }

    private Report run(DatabaseStage stage) throws SQLException {
        progress.accept("users write; making a replica meanwhile");
        SwitchedAddress link = stage.keep(new SwitchedAddress(stage.primary().port()));
        Instant loss;
        Instant noticed;
        Instant promoted;
        LocalPostgres successor;
        try (Writers _ = new Writers(stage.rest(), stage.town(), options.rate(), options.seed(), log, violations)) {
            ReplicaOptions kind = options.synchronous()
                    ? ReplicaOptions.synchronous("standby")
                    : ReplicaOptions.asynchronous("standby");
            StreamingReplica replica = stage.keep(StreamingReplica.of(
                    stage.primary(), stage.folder().resolve("replica"), stage.cache(), kind.withPort(link.port())));
            progress.accept("the replica follows, " + (options.synchronous() ? "synchronously" : "asynchronously"));
            pause(options.seconds() - options.behind());
            if (options.behind() > 0) {
                link.cut();
                progress.accept("the replica is cut off");
                pause(options.behind());
            }
            progress.accept(log.count() + " messages acknowledged; the primary is lost");
            loss = Instant.now();
            stage.destroyPrimary();
            awaitRefusals(stage.primary());
            noticed = Instant.now();
            successor = replica.promote(Objectives.TIME);
            promoted = Instant.now();
            stage.address().switchTo(successor.port());
            progress.accept("the replica is the primary; waiting for the first write");
            Instant switched = promoted;
            Fleet.await(LONGEST_WAIT, () -> log.firstAfter(switched).isPresent());
        }
        List<Acknowledged> acknowledged = log.acknowledged();
        Map<Long, String> stored = DatabaseStage.messages(successor);
        List<Acknowledged> lost = DatabaseStage.missing(acknowledged, stored);
        for (Acknowledged message : lost) {
            boolean after = message.answered().isAfter(promoted);
            if (options.synchronous() || after) {
                violations.add(Kind.ANSWERED_NOT_STORED, "message " + message.id() + " of " + message.answered());
            }
        }
        Report report = new Report("Failover to a replica")
                .section("run")
                .text("seed", "seed", Long.toString(options.seed()))
                .text("commit", "commit", options.synchronous() ? "synchronous" : "asynchronous")
                .number("behind_seconds", "replica cut off before the loss", options.behind(), "s")
                .count("acknowledged", "rows acknowledged", acknowledged.size())
                .number("detect_seconds", "until the loss was noticed", seconds(loss, noticed), "s")
                .number("promote_seconds", "until the replica took writes", seconds(noticed, promoted), "s")
                .section("what users saw")
                .count("failures", "requests that failed", log.failures())
                .count("error_seconds", "seconds with a failed request", log.failedSeconds())
                .number(
                        "silence_seconds",
                        "longest without an acknowledged write",
                        log.longestSilence().toMillis() / 1e3,
                        "s");
        Objectives.of(loss, lost, log.firstAfter(promoted)).report(report, violations);
        return report.broken(violations);
    }

    private static void awaitRefusals(LocalPostgres primary) {
        for (int refusals = 0; refusals < REFUSALS; ) {
            try (Connection connection = primary.connect(CHECK_TIMEOUT)) {
                refusals = connection.isValid(1) ? 0 : refusals + 1;
            } catch (SQLException e) {
                refusals++;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(CHECK_EVERY.toMillis()));
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    private static void pause(double seconds) {
        Fleet.await(Duration.ofMillis((long) (seconds * 1000)), () -> false);
    }
}
