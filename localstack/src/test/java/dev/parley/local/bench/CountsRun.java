package dev.parley.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.catalog.Schedules;
import dev.parley.local.CloudSystem;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what a message takes from its request to its last delivery, and what an IDENTIFY, a RESUME and a heartbeat take, in a whole
 * local cloud: statements and transactions, commands to Redis, requests to SQS, invocations, posts. Nothing in it is a time, so that
 * another machine, or a busier one, counts the same.
 *
 * <p>What comes by itself (schedules, probes) is counted while nothing else happens, and subtracted by the time that something took.
 */
final class CountsRun implements AutoCloseable {

    /** GUILDS, GUILD_MESSAGES and MESSAGE_CONTENT. */
    private static final long INTENTS = 1 | 1 << 9 | 1 << 15;

    private static final int SESSIONS_A_USER = 10;
    private static final int WARM_UP = 10;
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int STILL = 5;
    private static final String LIMITS = "GLOBAL=9999/1s,DEFAULT=9999/1s,CREATE_MESSAGE=9999/1s,REGISTER=9999/1s,"
            + "ACCEPT_INVITE=9999/1s,GATEWAY_SEND=9999/1s";

    /** Who runs by the clock: its share of a phase is a matter of the minute in which that began. */
    private static final Set<String> BY_THEMSELVES = Stream.concat(
                    Schedules.all().stream().map(schedule -> schedule.function().name()),
                    Stream.of(
                            "Health",
                            "sweeper",
                            "take_token limit:{HEALTH}",
                            "EXISTS health",
                            "ZCARD sessions:{}",
                            "ZCARD connections:{}",
                            "ZREMRANGEBYSCORE connections:{}"))
            .collect(Collectors.toUnmodifiableSet());

    private final CountsOptions options;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final StatementCounter statements;
    private final Parley system;
    private final String databaseUrl;
    private final Connection database;
    private final RedisMonitor redis;
    private final CloudPage page;
    private final RestClient rest;
    private final String gatewayUrl;
    private final List<Listener> listeners = new ArrayList<>();

    /** A session, and the last {@code s} that it has seen. */
    private record Listener(Person person, GatewayClient client, String sessionId, long seq) {}

    /** What was counted, and in how many seconds. */
    private record Phase(Counts counts, double seconds) {}

    private CountsRun(CountsOptions options, Consumer<String> progress) throws IOException, SQLException {
        this.options = options;
        this.progress = progress;
        try {
            statements = keep(StatementCounter.install());
            LocalCloud cloud = keep(LocalCloud.start(
                    LocalCloudOptions.ephemeral()
                            .withSettings(Map.of(Setting.LIMITS.variable(), LIMITS))
                            .withScheduleSpeed(1),
                    StartProgress.none()));
            system = CloudSystem.of(cloud);
            databaseUrl = system.settings().text(Setting.DATABASE_URL);
            database = keep(connect());
            redis = keep(new RedisMonitor(RedisURI.create(system.settings().text(Setting.REDIS_URL))));
            page = new CloudPage(cloud.baseUrl());
            rest = new RestClient(cloud.baseUrl());
            gatewayUrl = cloud.gatewayUrl();
        } catch (IOException | SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Counts, in a cloud of its own. */
    static CountsResult count(CountsOptions options, Consumer<String> progress) throws IOException, SQLException {
        try (CountsRun run = new CountsRun(options, progress)) {
            return run.run();
        }
    }

    @Override
    public void close() {
        listeners.forEach(listener -> listener.client().close());
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A part of the bench did not stop", e);
            }
        }
    }

    private CountsResult run() throws SQLException {
        People people = new People(rest);
        Person author = people.user();
        Place place = people.guild(author);
        List<Person> guests = new ArrayList<>();
        for (int i = 0; i < Math.ceilDiv(options.many(), SESSIONS_A_USER); i++) {
            guests.add(people.user());
        }
        people.join(place, author, guests);

        Phase few = messages(people, author, place, guests, options.few());
        Phase many = messages(people, author, place, guests, options.many());
        progress.accept("counting " + options.quietSeconds() + " s in which nobody does anything");
        Phase quiet = phase(() -> pause(Duration.ofSeconds(options.quietSeconds())));
        Map<String, Phase> operations = operations(guests.getFirst());

        Map<String, Counts> each = new LinkedHashMap<>();
        operations.forEach((name, phase) -> each.put(name, each(phase, quiet, options.operations())));
        return new CountsResult(
                new CountsResult.Listeners(options.few(), options.many()),
                each(few, quiet, options.messages()),
                each(many, quiet, options.messages()),
                each,
                quiet.counts().each(quiet.seconds() / TimeUnit.MINUTES.toSeconds(1)));
    }

    private static Counts each(Phase phase, Phase quiet, int number) {
        return phase.counts()
                .withoutThose(BY_THEMSELVES)
                .without(quiet.counts(), phase.seconds() / quiet.seconds())
                .each(number);
    }

    private Phase messages(People people, Person author, Place place, List<Person> guests, int number)
            throws SQLException {
        progress.accept(number + " sessions listen");
        while (listeners.size() < number) {
            listeners.add(identify(guests.get(listeners.size() % guests.size())));
        }
        for (int i = 0; i < WARM_UP; i++) {
            say(people, author, place, "warm " + number + " " + i);
        }
        progress.accept("counting " + options.messages() + " messages to them");
        long pause = TimeUnit.SECONDS.toNanos(1) / options.rate();
        return phase(() -> {
            long next = System.nanoTime();
            for (int i = 0; i < options.messages(); i++) {
                say(people, author, place, "counted " + number + " " + i);
                next = Math.max(next + pause, System.nanoTime());
                pause(Duration.ofNanos(next - System.nanoTime()));
            }
        });
    }

    private void say(People people, Person author, Place place, String content) {
        people.say(author, place.channelId(), content);
        listeners.forEach(listener -> listener.client().awaitMessage(content));
    }

    private Map<String, Phase> operations(Person person) throws SQLException {
        int number = options.operations();
        warm(person);
        List<Listener> sessions = new ArrayList<>();
        progress.accept("counting " + number + " IDENTIFYs");
        Map<String, Phase> phases = new LinkedHashMap<>();
        phases.put("IDENTIFY", phase(() -> {
            for (int i = 0; i < number; i++) {
                sessions.add(identify(person));
            }
        }));
        listeners.addAll(sessions); // so that all are closed at the end

        double before = disconnects();
        sessions.forEach(session -> session.client().cut());
        await("every cut connection is known to be gone", () -> disconnects() - before >= number);
        progress.accept("counting " + number + " RESUMEs");
        List<Listener> resumed = new ArrayList<>();
        phases.put("RESUME", phase(() -> sessions.forEach(session -> resumed.add(resume(session)))));
        listeners.addAll(resumed);

        progress.accept("counting " + number + " heartbeats");
        phases.put("heartbeat", phase(() -> resumed.forEach(CountsRun::beat)));
        return phases;
    }

    /** One of each, so that every script is loaded and what is cached is there. */
    private void warm(Person person) {
        Listener session = identify(person);
        listeners.add(session);
        beat(session);
        double before = disconnects();
        session.client().cut();
        await("the cut connection is known to be gone", () -> disconnects() > before);
        listeners.add(resume(session));
    }

    private static void beat(Listener session) {
        session.client().send(1, Json.parse(Long.toString(session.seq())));
        session.client().awaitOp(11);
    }

    private double disconnects() {
        return page.counts().of(new Count(Count.Kind.INVOCATION, "Lambda", "Disconnect"));
    }

    private Listener identify(Person person) {
        GatewayClient client = GatewayClient.connect(gatewayUrl);
        client.awaitOp(10);
        client.identify(person.token(), INTENTS);
        JsonNode ready = client.awaitDispatch("READY");
        JsonNode guild = client.awaitDispatch("GUILD_CREATE");
        return new Listener(
                person,
                client,
                ready.path("d").path("session_id").asText(),
                guild.path("s").asLong());
    }

    private Listener resume(Listener session) {
        GatewayClient client = GatewayClient.connect(gatewayUrl);
        client.awaitOp(10);
        client.resume(session.person().token(), session.sessionId(), session.seq());
        JsonNode resumed = client.awaitDispatch("RESUMED");
        return new Listener(
                session.person(), client, session.sessionId(), resumed.path("s").asLong());
    }

    private Phase phase(Runnable work) throws SQLException {
        settle();
        Counts before = now();
        long begun = System.nanoTime();
        work.run();
        settle();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Phase(now().since(before), seconds);
    }

    private Counts now() throws SQLException {
        system.meter().flush(); // posts that were done after the end of their invocation
        Counts counts = statements.counts(databaseUrl);
        counts.addAll(redis.counts());
        counts.addAll(page.counts());
        counts.add(new Count(Count.Kind.WRITING, "PostgreSQL", "transaction ids"), nextTransactionId());
        return counts;
    }

    /** PostgreSQL gives a number to each transaction that writes, and to no other. */
    private double nextTransactionId() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")) {
            row.next();
            return Double.parseDouble(row.getString(1));
        }
    }

    /** Waits until what was begun is done: the queues are empty, and Redis has not been asked for anything for a while. */
    private void settle() {
        await("the queues are empty", () -> page.queued() == 0);
        long[] last = {-1, 0};
        await("Redis is asked for nothing", () -> {
            long lines = redis.lines();
            last[1] = lines == last[0] ? last[1] + 1 : 0;
            last[0] = lines;
            return last[1] >= STILL;
        });
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST_SETTLING.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        String.format(Locale.ROOT, "Not within %d s: %s", LONGEST_SETTLING.toSeconds(), what));
            }
            pause(LOOK);
        }
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private Connection connect() throws SQLException {
        String user = system.settings().text(Setting.DATABASE_USER);
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty(
                "password", system.databaseLogin().password(databaseUrl, user).value());
        return Objects.requireNonNull(new org.postgresql.Driver().connect(databaseUrl, properties));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }
}
