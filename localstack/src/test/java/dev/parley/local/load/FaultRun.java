package dev.parley.local.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.load.Duplicates.Duplicate;
import dev.parley.local.load.Fleet.Behaviour;
import dev.parley.local.load.Violations.Kind;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds a whole system to the promises of docs/delivery.md while something breaks every second: many sessions listen, some
 * users talk, and at the end every session must have got exactly what is stored, once and in one order.
 */
final class FaultRun {

    /** For every wait at the beginning and at the end. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private static final int GUILDS_EACH = 2;
    private static final int PROGRESS_SECONDS = 5;
    private static final Behaviour BEHAVIOUR = new Behaviour(Duration.ofSeconds(10), Duration.ofSeconds(1), 64, 4096);

    private final Options options;
    private final Consumer<String> progress;
    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger();
    private final FaultLog faultLog = new FaultLog();
    private volatile boolean talking = true;

    /**
     * The size of a run.
     *
     * @param seed decides which fault comes when, and how large it is
     * @param seconds how long faults come
     * @param senders users; each is in two guilds, and the sessions are divided among them
     * @param rate messages a second, of all senders together
     * @param switched whether the server's faults are used; without, clients cut their connections and that is all
     * @param large whether the server takes guilds for large from ten sessions on, and so delivers part by part
     */
    record Options(
            long seed,
            int seconds,
            int sessions,
            int guilds,
            int senders,
            double rate,
            boolean switched,
            boolean large) {

        /** The run that the release notes speak of. */
        static Options full(long seed) {
            return new Options(seed, 180, 200, 20, 60, 60, true, false);
        }

        /** A shorter one of the same kind. */
        static Options small(long seed) {
            return new Options(seed, 30, 60, 6, 18, 25, true, false);
        }

        Options lasting(int newSeconds) {
            return new Options(seed, newSeconds, sessions, guilds, senders, rate, switched, large);
        }

        Options inLargeGuilds() {
            return new Options(seed, seconds, sessions, guilds, senders, rate, switched, true);
        }

        private String[] server() {
            List<String> server = new ArrayList<>();
            if (switched) {
                server.add("--faults");
            }
            if (large) {
                server.add("--set");
                server.add(Setting.LARGE_GUILD.variable() + "=10");
            }
            return server.toArray(String[]::new);
        }
    }

    /** @param progress gets a line every few seconds */
    FaultRun(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Starts a system, breaks it, and gives what was found; takes the run's length and about a minute. */
    DrillResult run() throws InterruptedException {
        progress.accept("seed " + options.seed());
        try (ServerProcess server = ServerProcess.start(options.server())) {
            Report report = run(server);
            if (violations.total() > 0) {
                server.keep();
            }
            return new DrillResult(report, violations, server.data());
        }
    }

    private Report run(ServerProcess server) throws InterruptedException {
        RestClient rest = new RestClient(server.baseUrl());
        Town town = Town.build(rest, options.senders(), options.guilds(), GUILDS_EACH);
        try (Fleet fleet = new Fleet(server.gatewayUrl(), BEHAVIOUR, ledger, violations);
                FaultControl control = new FaultControl(server.baseUrl())) {
            for (int i = 0; i < options.sessions(); i++) {
                fleet.add(town.users().get(i % town.users().size()));
            }
            require(Fleet.await(LONGEST_WAIT, fleet::allReady), "not every session began");
            progress.accept(options.sessions() + " sessions are ready; the faults begin");
            List<Thread> speakers = speak(rest, town);

            long begun = System.nanoTime();
            breakThings(fleet, control, begun);
            Map<String, Long> fired = options.switched() ? endFaults(control) : Map.of();
            double seconds = (System.nanoTime() - begun) / 1e9;

            long calm = System.nanoTime();
            talking = false;
            for (Thread speaker : speakers) {
                require(speaker.join(LONGEST_WAIT), "a sender did not come to an end");
            }
            Map<Place, Map<Long, String>> stored = settle(rest, town, fleet);
            double recovery = (System.nanoTime() - calm) / 1e9;
            audit(stored, fleet, town);
            return report(fleet, stored, fired, seconds, recovery);
        }
    }

    private List<Thread> speak(RestClient rest, Town town) {
        List<Thread> speakers = new ArrayList<>();
        for (int i = 0; i < town.users().size(); i++) {
            int number = i;
            Person user = town.users().get(i);
            List<Long> channels = town.channelsOf(i);
            Speaker speaker = new Speaker(rest, user, ledger, violations);
            speakers.add(Thread.ofVirtual().name("speaker-" + i).start(() -> talk(speaker, channels, number)));
        }
        return speakers;
    }

    private void talk(Speaker speaker, List<Long> channels, int number) {
        SplittableRandom dice = new SplittableRandom(options.seed() + number);
        long between = (long) (TimeUnit.SECONDS.toNanos(1) * options.senders() / options.rate());
        long due = System.nanoTime() + dice.nextLong(between);
        while (talking) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(100)));
                continue;
            }
            // What an outage has kept is not caught up: a herd of senders is another test.
            due = System.nanoTime() + between;
            speaker.say(channels.get(dice.nextInt(channels.size())));
        }
    }

    private void breakThings(Fleet fleet, FaultControl control, long begun) {
        FaultSchedule schedule = new FaultSchedule(options.seed(), options.seconds());
        SplittableRandom dice = new SplittableRandom(options.seed());
        if (options.switched()) {
            control.inject(Json.object().put("fault", "seed").put("seed", options.seed()));
        }
        for (int second = 0; second < options.seconds(); second++) {
            FaultKind kind = options.switched() ? schedule.at(second) : FaultKind.CLIENT_CUT;
            ObjectNode request = kind.request(dice);
            double share = dice.nextInt(2, 20) / 100.0;
            faultLog.add(kind);
            if (!request.isEmpty()) {
                // An outage may be answered when it is over; the next fault does not wait for that.
                Thread.ofVirtual().name("fault-" + second).start(() -> inject(control, kind, request));
            }
            if (kind.cutsClients()) {
                for (FleetSession session : fleet.sessions()) {
                    if (dice.nextDouble() < share) {
                        session.cut(dice.nextBoolean());
                    }
                }
            }
            if (second > 0 && second % PROGRESS_SECONDS == 0) {
                progress.accept(line(fleet, second));
            }
            pauseUntil(begun + TimeUnit.SECONDS.toNanos(second + 1));
        }
    }

    private void inject(FaultControl control, FaultKind kind, ObjectNode request) {
        try {
            control.inject(request);
        } catch (IllegalStateException | UncheckedIOException e) {
            violations.add(Kind.RUN, "the fault " + kind.label() + " was not switched on: " + e.getMessage());
        }
    }

    private Map<String, Long> endFaults(FaultControl control) {
        control.clear();
        return control.fired();
    }

    /** Waits until everybody has everything, and gives what is stored. */
    private Map<Place, Map<Long, String>> settle(RestClient rest, Town town, Fleet fleet) {
        progress.accept("the faults are over");
        require(Fleet.await(LONGEST_WAIT, fleet::allReady), "not every session came back");
        Map<Place, Map<Long, String>> stored = histories(rest, town);
        boolean complete = Fleet.await(
                LONGEST_WAIT,
                () -> stored.entrySet().stream()
                        .allMatch(entry -> Audit.haveAll(
                                listeners(fleet, town, entry.getKey()),
                                channel(entry.getKey()),
                                entry.getValue().keySet())));
        if (!complete) {
            progress.accept("not everybody got everything within " + LONGEST_WAIT.toSeconds() + " s");
        }
        // A request that nobody waits for any more may have been stored since.
        return histories(rest, town);
    }

    private Map<Place, Map<Long, String>> histories(RestClient rest, Town town) {
        Map<Place, Map<Long, String>> stored = new LinkedHashMap<>();
        for (int guild = 0; guild < town.guilds().size(); guild++) {
            Place place = town.guilds().get(guild);
            stored.put(place, History.read(rest, town.memberOf(guild).token(), place.channelId()));
        }
        return stored;
    }

    private void audit(Map<Place, Map<Long, String>> stored, Fleet fleet, Town town) {
        Audit audit = new Audit(ledger, violations);
        stored.forEach((place, messages) -> {
            audit.history(channel(place), messages);
            audit.streams(channel(place), messages.keySet(), listeners(fleet, town, place));
        });
        for (Duplicate duplicate : fleet.duplicates().all()) {
            if (faultLog.explain(duplicate) == null) {
                violations.add(Kind.DUPLICATE_UNEXPLAINED, "session " + duplicate.session() + " at s " + duplicate.s());
            }
        }
    }

    private Report report(
            Fleet fleet,
            Map<Place, Map<Long, String>> stored,
            Map<String, Long> fired,
            double seconds,
            double recovery) {
        FleetCounters counters = fleet.counters();
        List<Duplicate> duplicates = fleet.duplicates().all();
        Report report = new Report("Delivery under faults")
                .section("run")
                .text("seed", "seed", Long.toString(options.seed()))
                .number("seconds", "faults came for", seconds, "s")
                .count("sessions", "sessions", options.sessions())
                .count("guilds", "guilds", options.guilds())
                .count("senders", "senders", options.senders())
                .section("messages")
                .count("answered", "answered with 200", ledger.answeredCount())
                .count(
                        "stored",
                        "stored",
                        stored.values().stream().mapToLong(Map::size).sum())
                .count("unsettled", "of unknown fate", ledger.unsettled().size())
                .count("deliveries", "deliveries", counters.deliveries.sum())
                .number("p50_ms", "sent to received, p50", fleet.deliveryTimes().millis(0.5), "ms")
                .number("p99_ms", "sent to received, p99", fleet.deliveryTimes().millis(0.99), "ms")
                .number(
                        "max_ms",
                        "sent to received, longest",
                        fleet.deliveryTimes().millis(1),
                        "ms")
                .number("recovery_seconds", "last fault to all delivered", recovery, "s")
                .broken(violations);
        report.section("frames that came twice, same s, same bytes").count("duplicates", "all", duplicates.size());
        byCause(duplicates).forEach((cause, count) -> report.count("duplicates_" + cause, "after " + cause, count));
        report.section("clients")
                .count("connections", "connections opened", counters.opened.sum())
                .count("refused", "connections refused", counters.refused.sum())
                .count("ended", "connections that ended", counters.ended.sum())
                .count("resumed", "resumed", counters.resumed.sum())
                .number(
                        "resume_p50_ms",
                        "away until resumed, p50",
                        fleet.resumeTimes().millis(0.5),
                        "ms")
                .number(
                        "resume_max_ms",
                        "away until resumed, longest",
                        fleet.resumeTimes().millis(1),
                        "ms")
                .count("reconnect_requests", "op 7", counters.reconnectRequests.sum())
                .count("timeouts", "gave up waiting", counters.timeouts.sum())
                .count("silent", "missed a heartbeat's answer", counters.silent.sum())
                .count("foreign_frames", "error frames of API Gateway", counters.foreignFrames.sum())
                .section("faults switched on")
                .count("faults", "all", faultLog.total());
        for (FaultKind kind : FaultKind.values()) {
            report.count("fault_" + kind.name().toLowerCase(Locale.ROOT), kind.label(), faultLog.count(kind));
        }
        if (!fired.isEmpty()) {
            report.section("faults that struck, as the server counts them");
            fired.forEach((name, count) -> report.count("fired_" + name, name, count));
        }
        return report;
    }

    private Map<String, Integer> byCause(List<Duplicate> duplicates) {
        Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
        for (Duplicate duplicate : duplicates) {
            @Nullable FaultKind cause = faultLog.explain(duplicate);
            if (cause != null) {
                counts.merge(cause, 1, Integer::sum);
            }
        }
        Map<String, Integer> named = new TreeMap<>();
        counts.forEach((kind, count) -> named.put(kind.label(), count));
        return named;
    }

    private String line(Fleet fleet, int second) {
        FleetCounters counters = fleet.counters();
        return String.format(
                Locale.ROOT,
                "%4d s  answered %,7d  deliveries %,9d  ready %4d of %d  resumed %,6d  duplicates %,5d  violations %d",
                second,
                ledger.answeredCount(),
                counters.deliveries.sum(),
                counters.ready.get(),
                options.sessions(),
                counters.resumed.sum(),
                fleet.duplicates().all().size(),
                violations.total());
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(Kind.RUN, otherwise);
        }
    }

    private static List<FleetSession> listeners(Fleet fleet, Town town, Place place) {
        int guild = town.guilds().indexOf(place);
        return fleet.sessions().stream()
                .filter(session -> town.hears(session.user(), guild))
                .toList();
    }

    private static long channel(Place place) {
        return Long.parseLong(place.channelId());
    }

    private static void pauseUntil(long nanos) {
        for (long wait = nanos - System.nanoTime(); wait > 0; wait = nanos - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }
}
