package dev.parley.local.load;

import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.load.Fleet.Behaviour;
import dev.parley.local.load.Ledger.Answer;
import dev.parley.local.load.Violations.Kind;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Loses the cache and all that is in it while clients listen and users talk. Every client must come back with a new session,
 * told by its heartbeat that it has none; nothing that was answered may be missing from the database.
 */
final class RedisRun {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final Behaviour BEHAVIOUR = new Behaviour(Duration.ofSeconds(10), Duration.ofSeconds(1), 64, 4096);
    private static final int SESSIONS_EACH = 2;
    private static final int GUILDS_EACH = 2;

    private final Options options;
    private final Consumer<String> progress;
    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger();
    private volatile boolean talking = true;

    /**
     * The size of a run.
     *
     * @param seed decides who says what where
     * @param sessions clients that listen, 5 or more
     * @param awaySeconds how long there is no cache, 1 or more
     * @param heartbeatSeconds the heartbeat interval of all clients; 0 for those of a deployment, 270 s and 41.25 s
     * @param rate messages a second
     */
    record Options(long seed, int sessions, int awaySeconds, int heartbeatSeconds, double rate) {

        /** The longest that a client may go without asking whether its session is still there. */
        Duration slowestHeartbeat() {
            return heartbeatSeconds == 0 ? Duration.ofSeconds(270) : Duration.ofSeconds(heartbeatSeconds);
        }

        private String[] server() {
            List<String> server = new ArrayList<>(List.of("--faults"));
            if (heartbeatSeconds > 0) {
                for (Setting setting : List.of(Setting.HEARTBEAT_INTERVAL, Setting.SHORT_HEARTBEAT_INTERVAL)) {
                    server.add("--set");
                    server.add(setting.variable() + "=" + heartbeatSeconds + "s");
                }
            }
            return server.toArray(String[]::new);
        }
    }

    RedisRun(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Takes the slowest heartbeat's interval and about a minute. */
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
        int users = Math.max(2, options.sessions() / SESSIONS_EACH);
        Town town = Town.build(rest, users, Math.max(2, users / 3), GUILDS_EACH);
        try (Fleet fleet = new Fleet(server.gatewayUrl(), BEHAVIOUR, ledger, violations);
                FaultControl control = new FaultControl(server.baseUrl())) {
            for (int i = 0; i < options.sessions(); i++) {
                fleet.add(town.users().get(i % users));
            }
            require(Fleet.await(LONGEST_WAIT, fleet::allReady), "not every session began");
            List<Thread> speakers = speak(rest, town);
            progress.accept(options.sessions() + " sessions are ready, and users talk");
            require(
                    Fleet.await(LONGEST_WAIT, () -> ledger.answeredCount() > options.rate() * 3),
                    "nobody could talk at the beginning");

            Map<FleetSession, String> before = new HashMap<>();
            fleet.sessions().forEach(session -> before.put(session, session.sessionId()));
            fleet.sessionsMayEnd();
            progress.accept("the cache is lost, with all that was in it");
            long loss = System.nanoTime();
            server.loseRedis();
            control.inject(
                    Json.object().put("fault", "redis").put("effect", "stop").put("seconds", options.awaySeconds()));

            Duration longest = options.slowestHeartbeat()
                    .plusSeconds(options.awaySeconds())
                    .plus(LONGEST_WAIT);
            Progress told = new Progress();
            boolean first = Fleet.await(longest, () -> renewed(before) > 0);
            double firstSeconds = secondsSince(loss);
            boolean all = Fleet.await(longest, () -> {
                told.tell(() -> String.format(
                        Locale.ROOT, "%,d of %,d clients have a new session", renewed(before), before.size()));
                return renewed(before) == before.size();
            });
            double allSeconds = secondsSince(loss);
            require(first && all, "not every client had a new session");
            boolean heard = everybodyHears(fleet, rest, town);
            double talkSeconds = secondsSince(loss);
            require(heard, "not every client got a message after the loss");

            talking = false;
            for (Thread speaker : speakers) {
                require(speaker.join(LONGEST_WAIT), "a sender did not come to an end");
            }
            long stored = histories(rest, town);
            return new Report("Loss of the cache")
                    .section("run")
                    .text("seed", "seed", Long.toString(options.seed()))
                    .count("sessions", "sessions", options.sessions())
                    .count("users", "users", users)
                    .number("away_seconds", "no cache for", options.awaySeconds(), "s")
                    .number(
                            "heartbeat_seconds",
                            "slowest heartbeat interval",
                            (double) options.slowestHeartbeat().toSeconds(),
                            "s")
                    .section("clients")
                    .count(
                            "invalid_sessions",
                            "told to identify again (op 9)",
                            fleet.counters().endedSessions.sum())
                    .number("first_seconds", "until the first had a new session", firstSeconds, "s")
                    .number("all_seconds", "until the last had one", allSeconds, "s")
                    .number("talk_seconds", "until every client talks again", talkSeconds, "s")
                    .section("messages")
                    .count("answered", "answered with 200", ledger.answeredCount())
                    .count("stored", "stored", stored)
                    .count("unsettled", "of unknown fate", ledger.unsettled().size())
                    .broken(violations);
        }
    }

    /** Sessions that are ready under another id. */
    private static long renewed(Map<FleetSession, String> before) {
        return before.entrySet().stream()
                .filter(entry -> entry.getKey().ready()
                        && !entry.getKey().sessionId().isEmpty()
                        && !entry.getKey().sessionId().equals(entry.getValue()))
                .count();
    }

    /** Says something in each guild, and waits until all that see it have it. */
    private boolean everybodyHears(Fleet fleet, RestClient rest, Town town) {
        boolean heard = true;
        for (int guild = 0; guild < town.guilds().size(); guild++) {
            int place = guild;
            long channel = Long.parseLong(town.guilds().get(guild).channelId());
            long number = new Speaker(rest, town.memberOf(guild), ledger, violations).say(channel);
            Answer answer = ledger.answered().get(number);
            if (answer == null) {
                return false;
            }
            List<FleetSession> listeners = fleet.sessions().stream()
                    .filter(session -> town.hears(session.user(), place))
                    .toList();
            heard &= Fleet.await(
                    LONGEST_WAIT,
                    () -> listeners.stream()
                            .allMatch(session -> session.inbox().sequenceOf(answer.messageId()).length > 0));
        }
        return heard;
    }

    private List<Thread> speak(RestClient rest, Town town) {
        List<Thread> speakers = new ArrayList<>();
        for (int i = 0; i < town.users().size(); i++) {
            Person user = town.users().get(i);
            List<Long> channels = town.channelsOf(i);
            SplittableRandom dice = new SplittableRandom(options.seed() + i);
            long between = (long) (TimeUnit.SECONDS.toNanos(1) * town.users().size() / options.rate());
            Speaker speaker = new Speaker(rest, user, ledger, violations);
            speakers.add(Thread.ofVirtual().name("speaker-" + i).start(() -> {
                while (talking) {
                    speaker.say(channels.get(dice.nextInt(channels.size())));
                    LockSupport.parkNanos(between);
                }
            }));
        }
        return speakers;
    }

    private long histories(RestClient rest, Town town) {
        long stored = 0;
        Audit audit = new Audit(ledger, violations);
        for (int guild = 0; guild < town.guilds().size(); guild++) {
            Place place = town.guilds().get(guild);
            Map<Long, String> history = History.read(rest, town.memberOf(guild).token(), place.channelId());
            audit.history(Long.parseLong(place.channelId()), history);
            stored += history.size();
        }
        return stored;
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            violations.add(Kind.RUN, otherwise);
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** A line every 10 s. */
    private final class Progress {

        private long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);

        void tell(Supplier<String> line) {
            if (System.nanoTime() - next > 0) {
                next += TimeUnit.SECONDS.toNanos(10);
                progress.accept(line.get());
            }
        }
    }
}
