package dev.parley.local.load;

import dev.parley.local.client.RestClient;
import dev.parley.local.load.Fleet.Behaviour;
import dev.parley.local.load.PostgresProbe.Work;
import dev.parley.local.load.ServerProcess.ProcessorTime;
import dev.parley.local.load.Violations.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Cuts the sockets of all sessions at once, and measures how long it takes until all of them are resumed; twice: while
 * nothing was missed, and after messages that everybody missed. What PostgreSQL did meanwhile is set against a quiet time of
 * the same length, in which the schedules ran as well.
 */
final class ResumeRun {

    /** Two processors take some seconds to greet so many. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int SESSIONS_A_USER = 100;
    private static final int USERS_A_GUILD = 5;
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration LONGEST_RESUME = Duration.ofMinutes(4);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final int sessions;
    private final Duration spread;
    private final Consumer<String> progress;
    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger();

    /**
     * A run.
     *
     * @param spread clients come back at a random moment within this time
     * @param progress gets a line now and then
     */
    ResumeRun(int sessions, Duration spread, Consumer<String> progress) {
        this.sessions = sessions;
        this.spread = spread;
        this.progress = progress;
    }

    DrillResult run() throws InterruptedException, IOException, SQLException {
        try (ServerProcess server = ServerProcess.start()) {
            Report report = run(server);
            if (violations.total() > 0) {
                server.keep();
            }
            return new DrillResult(report, violations, server.data());
        }
    }

    private Report run(ServerProcess server) throws IOException, SQLException {
        RestClient rest = new RestClient(server.baseUrl());
        int users = Math.ceilDiv(sessions, SESSIONS_A_USER);
        int guilds = Math.ceilDiv(users, USERS_A_GUILD);
        Town town = Town.build(rest, users, guilds, 1);
        PostgresProbe postgres = new PostgresProbe(server.data());
        Behaviour behaviour = new Behaviour(PATIENCE, spread, 64, 16);
        try (Fleet fleet = new Fleet(server.gatewayUrl(), behaviour, ledger, violations)) {
            // One after the other at the beginning; when they come back, nobody waits for anybody.
            for (int i = 0; i < sessions; i++) {
                fleet.add(town.users().get(i % users));
            }
            awaitAll(fleet, LONGEST_START, "not every session began");
            fleet.openWithoutLimit();
            Report report = new Report("Resume after all sockets were cut")
                    .section("run")
                    .count("sessions", "sessions", sessions)
                    .count("users", "users", users)
                    .count("guilds", "guilds", guilds)
                    .number("spread_seconds", "clients come back within", spread.toMillis() / 1e3, "s");

            Round plain = round(fleet, server, postgres, () -> {});
            plain.print(report, "plain", "nothing was missed");
            Round missed = round(fleet, server, postgres, () -> miss(rest, town));
            missed.print(report, "missed", "a message in each guild was missed");

            check(fleet, rest, town);
            return report.broken(violations)
                    .count(
                            "duplicates",
                            "frames that came twice",
                            fleet.duplicates().all().size())
                    .count(
                            "timeouts",
                            "gave up waiting",
                            fleet.counters().timeouts.sum())
                    .count(
                            "refused",
                            "connections refused",
                            fleet.counters().refused.sum());
        }
    }

    /**
     * What one round has shown.
     *
     * @param quiet what PostgreSQL does in so long a time while nothing happens
     */
    private record Round(
            int sessions,
            double seconds,
            double p50,
            double p99,
            long resumed,
            ProcessorTime used,
            Work during,
            Work quiet) {

        void print(Report report, String key, String name) {
            Set<String> asked = new TreeSet<>(during.uses().keySet());
            asked.removeAll(quiet.uses().keySet());
            report.section(name)
                    .count(key + "_resumed", "resumed", resumed)
                    .number(key + "_seconds", "until the last was resumed", seconds, "s")
                    .number(key + "_p50_ms", "each, p50", p50, "ms")
                    .number(key + "_p99_ms", "each, p99", p99, "ms")
                    .number(key + "_parley_us", "processor time a resume, Parley", micros(used.parley()), "µs")
                    .number(key + "_redis_us", "Redis", micros(used.redis()), "µs")
                    .number(key + "_postgres_us", "PostgreSQL", micros(used.postgres()), "µs")
                    .count(key + "_transactions", "PostgreSQL transactions meanwhile", during.transactions())
                    .count(key + "_quiet_transactions", "in a quiet time as long", quiet.transactions())
                    .text(key + "_tables", "tables used meanwhile", uses(during.uses()))
                    .text(key + "_quiet_tables", "in a quiet time as long", uses(quiet.uses()))
                    .text(
                            key + "_asked",
                            "tables that only the resumes used",
                            asked.isEmpty() ? "none" : asked.toString());
        }

        private double micros(Duration duration) {
            return duration.toNanos() / 1e3 / sessions;
        }

        private static String uses(Map<String, Long> uses) {
            return uses.isEmpty() ? "none" : uses.toString().replace("{", "").replace("}", "");
        }
    }

    private Round round(Fleet fleet, ServerProcess server, PostgresProbe postgres, Runnable whileAway)
            throws SQLException {
        fleet.hold();
        progress.accept("cutting " + sessions + " sockets");
        fleet.sessions().forEach(session -> session.cut(true));
        require(Fleet.await(LONGEST_WAIT, () -> fleet.counters().ready.get() == 0), "not every socket was cut");
        whileAway.run();
        statisticsAreThere();
        fleet.resumeTimes().clear();
        long before = fleet.counters().resumed.sum();
        ProcessorTime usedBefore = server.processorTime();
        Work first = postgres.work();

        long begun = System.nanoTime();
        fleet.release();
        awaitAll(fleet, LONGEST_RESUME, "not every session was resumed");
        long took = System.nanoTime() - begun;

        ProcessorTime used = server.processorTime().minus(usedBefore);
        progress.accept(String.format(Locale.ROOT, "resumed after %.1f s", took / 1e9));
        statisticsAreThere();
        Work second = postgres.work();
        pause(Duration.ofNanos(took));
        statisticsAreThere();
        Work third = postgres.work();
        return new Round(
                sessions,
                took / 1e9,
                fleet.resumeTimes().millis(0.5),
                fleet.resumeTimes().millis(0.99),
                fleet.counters().resumed.sum() - before,
                used,
                second.minus(first),
                third.minus(second));
    }

    /** One message in each guild. */
    private void miss(RestClient rest, Town town) {
        for (int guild = 0; guild < town.guilds().size(); guild++) {
            new Speaker(rest, town.memberOf(guild), ledger, violations)
                    .say(Long.parseLong(town.guilds().get(guild).channelId()));
        }
    }

    private void check(Fleet fleet, RestClient rest, Town town) {
        Audit audit = new Audit(ledger, violations);
        for (int guild = 0; guild < town.guilds().size(); guild++) {
            int place = guild;
            String channelId = town.guilds().get(guild).channelId();
            long channel = Long.parseLong(channelId);
            List<FleetSession> listeners = fleet.sessions().stream()
                    .filter(session -> town.hears(session.user(), place))
                    .toList();
            Map<Long, String> stored = History.read(rest, town.memberOf(guild).token(), channelId);
            Fleet.await(LONGEST_WAIT, () -> Audit.haveAll(listeners, channel, stored.keySet()));
            audit.history(channel, stored);
            audit.streams(channel, stored.keySet(), listeners);
        }
    }

    private void awaitAll(Fleet fleet, Duration longest, String otherwise) {
        require(Fleet.await(longest, fleet.allReady(progress)), otherwise);
    }

    private static void statisticsAreThere() {
        pause(PostgresProbe.STATISTICS_DELAY);
    }

    private static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long wait = end - System.nanoTime(); wait > 0; wait = end - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(Kind.RUN, otherwise);
        }
    }
}
