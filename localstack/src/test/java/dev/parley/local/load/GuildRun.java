package dev.parley.local.load;

import dev.parley.local.client.RestClient;
import dev.parley.local.load.Fleet.Behaviour;
import dev.parley.local.load.ServerProcess.ProcessorTime;
import dev.parley.local.load.Violations.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends messages to one large guild, each when everybody has the one before, and measures how long it takes until all have
 * it, and what it costs.
 */
final class GuildRun {

    /** Two processors take some seconds to greet so many. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int SESSIONS_A_USER = 100;
    private static final int WARM_UP = 3;
    private static final int SAMPLES = 20;
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration LONGEST_MESSAGE = Duration.ofSeconds(60);

    private final int sessions;
    private final int messages;
    private final Consumer<String> progress;
    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger();

    /** @param progress gets a line now and then */
    GuildRun(int sessions, int messages, Consumer<String> progress) {
        this.sessions = sessions;
        this.messages = messages;
        this.progress = progress;
    }

    DrillResult run() throws InterruptedException {
        try (ServerProcess server = ServerProcess.start()) {
            Report report;
            try (RedisProbe redis = new RedisProbe(server.data())) {
                report = run(server, redis);
            }
            if (violations.total() > 0) {
                server.keep();
            }
            return new DrillResult(report, violations, server.data());
        }
    }

    private Report run(ServerProcess server, RedisProbe redis) {
        RestClient rest = new RestClient(server.baseUrl());
        int users = Math.ceilDiv(sessions, SESSIONS_A_USER);
        Town town = Town.build(rest, users, 1, 1);
        long channel = Long.parseLong(town.guilds().getFirst().channelId());
        Speaker speaker = new Speaker(rest, town.users().getFirst(), ledger, violations);
        Behaviour behaviour = new Behaviour(PATIENCE, Duration.ofSeconds(1), 64, 16);
        long empty = redis.used();
        try (Fleet fleet = new Fleet(server.gatewayUrl(), behaviour, ledger, violations)) {
            for (int i = 0; i < sessions; i++) {
                fleet.add(town.users().get(i % users));
            }
            require(Fleet.await(LONGEST_START, fleet.allReady(progress)), "not every session began");
            progress.accept(sessions + " sessions are ready");
            long connected = redis.used();
            for (int i = 0; i < WARM_UP; i++) {
                send(fleet, speaker, channel);
            }
            fleet.deliveryTimes().clear();
            Latencies untilAll = new Latencies();
            ProcessorTime before = server.processorTime();
            Duration ownBefore = ownTime();
            long begun = System.nanoTime();
            for (int i = 0; i < messages; i++) {
                untilAll.add(send(fleet, speaker, channel));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            ProcessorTime used = server.processorTime().minus(before);
            Duration own = ownTime().minus(ownBefore);
            long deliveries = fleet.deliveryTimes().size();

            Audit audit = new Audit(ledger, violations);
            Map<Long, String> stored = History.read(
                    rest,
                    town.users().getFirst().token(),
                    town.guilds().getFirst().channelId());
            // What has not come in its time may come yet: late is not lost.
            Fleet.await(LONGEST_MESSAGE, () -> Audit.haveAll(fleet.sessions(), channel, stored.keySet()));
            audit.history(channel, stored);
            audit.streams(channel, stored.keySet(), fleet.sessions());
            return new Report("One large guild")
                    .section("run")
                    .count("sessions", "sessions", sessions)
                    .count("users", "users", users)
                    .count("messages", "messages, one at a time", messages)
                    .section("delivery")
                    .count("deliveries", "deliveries", deliveries)
                    .number("deliveries_per_second", "deliveries a second", deliveries / seconds, "/s")
                    .number(
                            "p50_ms",
                            "sent to received, p50",
                            fleet.deliveryTimes().millis(0.5),
                            "ms")
                    .number(
                            "p99_ms",
                            "sent to received, p99",
                            fleet.deliveryTimes().millis(0.99),
                            "ms")
                    .number(
                            "max_ms",
                            "sent to received, longest",
                            fleet.deliveryTimes().millis(1),
                            "ms")
                    .number("all_p50_ms", "until all have it, p50", untilAll.millis(0.5), "ms")
                    .number("all_max_ms", "until all have it, longest", untilAll.millis(1), "ms")
                    .section("processor time a delivery")
                    .number("parley_us", "Parley: gateway and functions", micros(used.parley(), deliveries), "µs")
                    .number("redis_us", "Redis", micros(used.redis(), deliveries), "µs")
                    .number("postgres_us", "PostgreSQL", micros(used.postgres(), deliveries), "µs")
                    .number("fleet_us", "these clients, on the same processors", micros(own, deliveries), "µs")
                    .section("memory of Redis a session")
                    .number("redis_connected_bytes", "connected, nothing sent", perSession(connected - empty), "bytes")
                    .number("redis_peak_bytes", "at the most", perSession(redis.peak() - empty), "bytes")
                    .number("redis_keys_bytes", "keys of a session now, by sample", sample(fleet, redis), "bytes")
                    .broken(violations)
                    .count(
                            "duplicates",
                            "frames that came twice",
                            fleet.duplicates().all().size());
        }
    }

    /** Sends a message, waits until all have it, and gives how long that took, in ns. */
    private long send(Fleet fleet, Speaker speaker, long channel) {
        long wanted = fleet.counters().deliveries.sum() + sessions;
        long begun = System.nanoTime();
        speaker.say(channel);
        require(
                Fleet.await(LONGEST_MESSAGE, () -> fleet.counters().deliveries.sum() >= wanted),
                "a message did not reach everybody within " + LONGEST_MESSAGE.toSeconds() + " s");
        long took = System.nanoTime() - begun;
        progress.accept(String.format(
                Locale.ROOT,
                "a message reached %,d sessions in %,d ms",
                sessions,
                TimeUnit.NANOSECONDS.toMillis(took)));
        return took;
    }

    private static double sample(Fleet fleet, RedisProbe redis) {
        return fleet.sessions().stream()
                .limit(SAMPLES)
                .map(FleetSession::sessionId)
                .mapToLong(redis::ofSession)
                .average()
                .orElse(0);
    }

    private double perSession(long bytes) {
        return (double) bytes / sessions;
    }

    private static double micros(Duration duration, long deliveries) {
        return duration.toNanos() / 1e3 / Math.max(1, deliveries);
    }

    private static Duration ownTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(Kind.RUN, otherwise);
        }
    }
}
