package dev.parley.local.load;

import dev.parley.local.client.People.Person;
import dev.parley.local.load.Fleet.Behaviour;
import dev.parley.local.load.Ledger.Answer;
import dev.parley.local.load.RegionAudit.Heard;
import dev.parley.local.load.RegionStage.Side;
import dev.parley.local.load.Violations.Kind;
import dev.parley.local.load.WriteLog.Acknowledged;
import dev.parley.local.region.RegionProcess;
import dev.parley.local.store.LocalPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loses one of two Regions whole while users of both talk in one guild, notices it, leads its clients to the other Region, and
 * waits until all of them talk again. When it is the home, the replica in the other Region becomes the database, and that Region
 * the home.
 */
final class RegionRun {

    private static final Behaviour BEHAVIOUR = new Behaviour(Duration.ofSeconds(10), Duration.ofSeconds(1), 64, 4096);

    /** Passwords are slow on purpose, so that more clients than these share users. */
    private static final int MOST_USERS = 20;

    /** More than users write in an hour: what they say at the end has other nonces. */
    private static final long MOST_WRITTEN = 1_000_000;

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    /** As a health check does: it asks often, and believes only several refusals in a row. */
    private static final double CHECK_EVERY_SECONDS = 0.5;

    private static final int REFUSALS = 3;
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(1);

    private final Options options;
    private final Consumer<String> progress;
    private final Waiting waiting;
    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger(MOST_WRITTEN);
    private final WriteLog lostLog = new WriteLog();
    private final WriteLog otherLog = new WriteLog();

    /**
     * The size of a run.
     *
     * @param seed decides what is written
     * @param lost the Region that is lost
     * @param clients that each Region has, 1 or more
     * @param seconds how long is written before the loss, 1 or more
     * @param rate messages a second, of all users of both Regions
     * @param behind how many of those seconds, the last ones, the replica is cut off from its primary; 0 for not at all
     */
    record Options(long seed, LostRegion lost, int clients, int seconds, double rate, double behind) {

        boolean home() {
            return lost == LostRegion.HOME;
        }
    }

    /** What happened when; the replica takes writes and the other Region is the home at once when it was that before. */
    private record Times(
            Instant copied, Instant loss, Instant noticed, Instant promoted, Instant home, Instant sessions) {}

    RegionRun(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.waiting = new Waiting(progress);
    }

    /** Takes the run's length and about a minute. */
    DrillResult run() throws InterruptedException, SQLException {
        progress.accept("seed " + options.seed());
        try (RegionStage stage = RegionStage.start(Math.min(options.clients(), MOST_USERS), waiting)) {
            Report report = run(stage);
            if (violations.total() > 0) {
                stage.keepFiles();
            }
            return new DrillResult(report, violations, stage.folder());
        }
    }

    private Report run(RegionStage stage) throws InterruptedException, SQLException {
        Side lost = options.home() ? stage.home() : stage.second();
        Side other = options.home() ? stage.second() : stage.home();
        try (Fleet moving = new Fleet(lost.gatewayUrl(), BEHAVIOUR, ledger, violations);
                Fleet staying = new Fleet(other.gatewayUrl(), BEHAVIOUR, ledger, violations)) {
            join(moving, lost);
            join(staying, other);
            require(
                    waiting.until(
                            LONGEST_START,
                            () -> moving.allReady() && staying.allReady(),
                            () -> ready(moving, staying) + " have a session"),
                    "not every session began");
            Map<FleetSession, String> before = new HashMap<>();
            Stream.of(moving, staying)
                    .flatMap(fleet -> fleet.sessions().stream())
                    .forEach(session -> before.put(session, session.sessionId()));
            moving.sessionsMayEnd();
            LocalPostgres database;
            Times times;
            Optional<Duration> talking;
            double rateEach = options.rate() / 2;
            try (Writers _ = new Writers(lost.rest(), lost.town(), rateEach, options.seed(), lostLog, violations);
                    Writers _ = new Writers(
                            other.rest(), other.town(), rateEach, options.seed() + MOST_USERS, otherLog, violations)) {
                Instant copied = write(stage);
                require(!copied.equals(Instant.MIN), "the replica never had all");
                progress.accept(acknowledged() + " messages acknowledged; the "
                        + options.lost().name().toLowerCase(Locale.ROOT) + " Region is lost");
                Instant loss = Instant.now();
                lose(stage);
                awaitRefusals(lost.region());
                Instant noticed = Instant.now();
                progress.accept("the loss is noticed; clients are led to the other Region");
                lost.address().switchTo(other.region().port());
                Instant promoted = noticed;
                Instant home = noticed;
                if (options.home()) {
                    database = waiting.step("promoting the replica", () -> stage.promote(Objectives.TIME));
                    promoted = Instant.now();
                    stage.makeSecondTheHome(database);
                    home = Instant.now();
                } else {
                    database = stage.primary();
                }
                progress.accept("waiting for all clients");
                boolean all = waiting.until(
                        Objectives.TIME,
                        () -> moving.allReady() && staying.allReady() && renewed(moving, before) == moving.size(),
                        () -> ready(moving, staying) + " have a session, and " + renewed(moving, before) + " of "
                                + moving.size() + " that moved a new one");
                require(all, "not every client had a session after the loss");
                times = new Times(copied, loss, noticed, promoted, home, Instant.now());
                talking = all && everybodyTalks(List.of(lost, other), moving, staying)
                        ? Optional.of(Duration.between(loss, Instant.now()))
                        : Optional.empty();
            }
            progress.accept("comparing what was acknowledged with what is stored");
            return report(stage, database, moving, staying, before, times, talking);
        }
    }

    private void join(Fleet fleet, Side side) {
        List<Person> users = side.town().users();
        for (int i = 0; i < options.clients(); i++) {
            fleet.add(users.get(i % users.size()));
        }
    }

    /** Lets users write for the run's length; gives the newest moment of which the replica has all. */
    private Instant write(RegionStage stage) {
        progress.accept("users of both Regions talk for " + options.seconds() + " s");
        try (CopyWatch watch = new CopyWatch(stage.replica())) {
            waiting.pause(options.seconds() - options.behind(), () -> acknowledged() + " messages acknowledged");
            if (options.behind() > 0) {
                stage.cutReplica();
                progress.accept("the replica is cut off");
                waiting.pause(options.behind(), () -> acknowledged() + " messages acknowledged");
            }
            return watch.copiedUntil();
        }
    }

    private void lose(RegionStage stage) throws InterruptedException {
        if (options.home()) {
            stage.loseHome();
        } else {
            stage.loseSecond();
        }
    }

    private void awaitRefusals(RegionProcess region) throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(URI.create(region.baseUrl() + "/health"))
                .timeout(CHECK_TIMEOUT)
                .build();
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(CHECK_TIMEOUT).build()) {
            for (int refusals = 0; refusals < REFUSALS; ) {
                try {
                    refusals = http.send(question, BodyHandlers.discarding()).statusCode() == 200 ? 0 : refusals + 1;
                } catch (IOException e) {
                    refusals++;
                }
                waiting.pause(CHECK_EVERY_SECONDS, () -> "");
            }
        }
    }

    /** Every user says something, and every client gets all of it. */
    private boolean everybodyTalks(List<Side> sides, Fleet... fleets) throws InterruptedException {
        List<Long> said = new ArrayList<>();
        List<Thread> speakers = new ArrayList<>();
        for (Side side : sides) {
            long channel = channel(side);
            for (Person user : side.town().users()) {
                Speaker speaker = new Speaker(side.rest(), user, ledger, violations);
                speakers.add(Thread.ofVirtual().start(() -> {
                    long number = speaker.say(channel);
                    synchronized (said) {
                        said.add(number);
                    }
                }));
            }
        }
        for (Thread speaker : speakers) {
            require(speaker.join(LONGEST_WAIT), "a user did not come to an end");
        }
        Map<Long, Answer> answered = ledger.answered();
        List<FleetSession> sessions =
                Stream.of(fleets).flatMap(fleet -> fleet.sessions().stream()).toList();
        synchronized (said) {
            List<Answer> answers = said.stream()
                    .filter(answered::containsKey)
                    .map(answered::get)
                    .toList();
            boolean all = answers.size() == speakers.size()
                    && waiting.until(
                            LONGEST_WAIT,
                            () -> sessions.stream().allMatch(session -> hasAll(session, answers)),
                            () -> sessions.stream()
                                            .filter(session -> hasAll(session, answers))
                                            .count() + " of " + sessions.size() + " hear everybody");
            require(
                    all,
                    answers.size() + " of " + speakers.size() + " users could talk, and not all were heard by all");
            return all;
        }
    }

    private static boolean hasAll(FleetSession session, List<Answer> answers) {
        return answers.stream().allMatch(answer -> session.inbox().sequenceOf(answer.messageId()).length > 0);
    }

    private Report report(
            RegionStage stage,
            LocalPostgres database,
            Fleet moving,
            Fleet staying,
            Map<FleetSession, String> before,
            Times times,
            Optional<Duration> talking)
            throws SQLException {
        List<Acknowledged> acknowledged = Stream.of(lostLog, otherLog)
                .flatMap(log -> log.acknowledged().stream())
                .toList();
        Map<Long, String> stored = DatabaseStage.messages(database);
        RegionAudit audit = new RegionAudit(stored, channel(stage.home()), staying.sessions(), violations, waiting);
        audit.once();
        List<Acknowledged> missing = DatabaseStage.missing(acknowledged, stored);
        for (Acknowledged message : missing) {
            boolean copied = message.answered().isBefore(times.copied());
            boolean after = message.answered().isAfter(times.promoted());
            if (!options.home() || copied || after) {
                violations.add(
                        Kind.ANSWERED_NOT_STORED,
                        "message " + message.id() + " of " + message.answered() + ", though the replica had all until "
                                + times.copied());
            }
        }
        ledger.answered().forEach((number, answer) -> {
            if (!stored.containsKey(answer.messageId())) {
                violations.add(Kind.ANSWERED_NOT_STORED, "message " + answer.messageId() + ", said after the loss");
            }
        });
        Heard heard =
                options.home() ? audit.withoutHome(sentAfter(times.home(), acknowledged)) : audit.withHome(ledger);
        long identified = Stream.of(moving, staying)
                .mapToLong(fleet -> renewed(fleet, before))
                .sum();
        long resumed = Stream.of(moving, staying)
                .flatMap(fleet -> fleet.sessions().stream())
                .filter(session -> session.sessionId().equals(before.get(session)) && session.resumed())
                .count();
        Report report = new Report("Loss of a Region")
                .section("run")
                .text("seed", "seed", Long.toString(options.seed()))
                .text("lost_region", "lost Region", options.lost().name().toLowerCase(Locale.ROOT))
                .count("clients", "clients in each Region", options.clients())
                .count("acknowledged", "rows acknowledged", acknowledged.size());
        if (options.home()) {
            report.number("behind_seconds", "replica cut off before the loss", options.behind(), "s")
                    .number(
                            "copied_seconds",
                            "it had all until before the loss",
                            seconds(times.copied(), times.loss()),
                            "s");
        }
        report.section("after the loss")
                .number("detect_seconds", "until it was noticed", since(times, times.noticed()), "s");
        if (options.home()) {
            report.number("promote_seconds", "until the replica took writes", since(times, times.promoted()), "s")
                    .number("home_seconds", "until the other Region was the home", since(times, times.home()), "s");
        }
        report.number(
                        "write_seconds",
                        "until the first write of who moved",
                        lostLog.firstAfter(times.noticed())
                                .map(first -> since(times, first))
                                .orElse(-1.0),
                        "s")
                .number("session_seconds", "until every client had a session", since(times, times.sessions()), "s")
                .number(
                        "talk_seconds",
                        "until every client talks again",
                        talking.map(Duration::toMillis).orElse(-1000L) / 1e3,
                        "s")
                .section("clients")
                .count("resumed", "resumed their session", resumed)
                .count("identified", "identified anew", identified)
                .count("undisturbed", "noticed nothing", before.size() - resumed - identified)
                .section("what users saw")
                .count("failures", "requests that failed", lostLog.failures() + otherLog.failures())
                .number("silence_seconds", "longest without a write, of who moved", silence(lostLog), "s")
                .number("other_silence_seconds", "of who stayed", silence(otherLog), "s")
                .count("unheard", "stored, and not heard by who stayed", heard.unheard())
                .count("heard_twice", "heard twice by who stayed", heard.twice())
                .count("heard_and_lost", "heard by who stayed, and lost", heard.lost());
        Duration point = Objectives.of(times.loss(), missing, Optional.empty()).point();
        new Objectives(missing.size(), point, talking).report(report, violations);
        return report.broken(violations);
    }

    /** Messages that were sent when the other Region was the home. */
    private static Set<Long> sentAfter(Instant home, List<Acknowledged> acknowledged) {
        return acknowledged.stream()
                .filter(message -> message.sent().isAfter(home))
                .map(Acknowledged::id)
                .collect(Collectors.toSet());
    }

    private static long channel(Side side) {
        return Long.parseLong(side.town().guilds().getFirst().channelId());
    }

    private int acknowledged() {
        return lostLog.count() + otherLog.count();
    }

    /** Sessions that are ready under another id than before. */
    private static long renewed(Fleet fleet, Map<FleetSession, String> before) {
        return fleet.sessions().stream()
                .filter(session -> session.ready()
                        && !session.sessionId().isEmpty()
                        && !session.sessionId().equals(before.get(session)))
                .count();
    }

    private static String ready(Fleet moving, Fleet staying) {
        return moving.counters().ready.get() + staying.counters().ready.get() + " of "
                + (moving.size() + staying.size());
    }

    private static double silence(WriteLog log) {
        return log.longestSilence().toMillis() / 1e3;
    }

    private static double since(Times times, Instant moment) {
        return seconds(times.loss(), moment);
    }

    private static double seconds(Instant from, Instant to) {
        return from.equals(Instant.MIN) ? -1 : Duration.between(from, to).toMillis() / 1e3;
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(Kind.RUN, otherwise);
        }
    }
}
