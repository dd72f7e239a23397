package dev.parley.local.region;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.local.DatabaseAccess;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.command.ParleyProcess;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users of two Regions are in one guild: all of their sessions get every message once, in one order, and a Region that was
 * away gets what it has missed. A guild is large from 10 sessions on, so that in the second Region it is and in the first it
 * is not. {@code -Dparley.region.seed=7} gives other pauses between the messages.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TwoRegionsTest {

    private static final long SEED = Long.getLong("parley.region.seed", 20_250_101);
    private static final int SESSIONS_AT_HOME = 3;
    private static final int SESSIONS_IN_SECOND = 12;
    private static final int MESSAGES_EACH = 30;

    /** The slowest thing waited for is a queue that tries again after 30 s. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private LocalPostgres postgres;
    private RegionProcess home;
    private RegionProcess second;

    @BeforeAll
    void start() throws InterruptedException {
        postgres = LocalPostgres.start(folder.resolve("postgres"), BinaryCache.ofUser());
        DatabaseAccess database = DatabaseAccess.of(postgres);
        int queues = ParleyProcess.freePort();
        int otherQueues = ParleyProcess.freePort();
        home = new RegionProcess(folder.resolve("home"), true, queues, otherQueues, database);
        second = new RegionProcess(folder.resolve("second"), false, otherQueues, queues, database);
        home.start();
        second.start();
    }

    @AfterAll
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {second, home, postgres}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void sessionsOfBothRegionsGetEveryMessageOnceInOneOrder() throws Exception {
        // Given
        Town town = new Town();
        List<Session> sessions = town.sessions();

        // When both sides talk at once
        try (ExecutorService talking = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> said = talking.invokeAll(
                    List.of(town.talk(town.atHome, home, 1), town.talk(town.inSecond, second, 2)),
                    PATIENCE.toSeconds(),
                    TimeUnit.SECONDS);
            List<String> all = new ArrayList<>();
            for (Future<List<String>> side : said) {
                all.addAll(side.get());
            }

            // Then
            assertThatAllGot(sessions, all);
        }
        sessions.forEach(Session::close);
    }

    @Test
    @Tag("nightly")
    void aRegionThatWasAwayGetsInOrderWhatItHasMissed() throws Exception {
        // Given
        Town town = new Town();
        List<Session> sessions = town.sessions();
        List<String> said = new ArrayList<>(town.talk(town.inSecond, second, 3).call());
        assertThatAllGot(sessions, said);
        awaitEmptyQueues();

        // When the second Region is away while the first one talks
        second.stop();
        said.addAll(town.talk(town.atHome, home, 4).call());

        // Then the first one's users notice nothing, and what the second one misses waits in the relay's queue alone
        List<Session> here =
                sessions.stream().filter(session -> session.place == home).toList();
        assertThatAllGot(here, said);
        await("nothing waits for the second Region", () -> home.depth(Queues.RELAY.name()) > 0);
        await("events wait at home", () -> home.depth(Queues.EVENTS.name()) == 0);

        // When it is back, and its clients resume
        second.start();
        for (Session session : sessions) {
            if (session.place == second) {
                session.resume();
            }
        }
        said.addAll(town.talk(town.inSecond, second, 5).call());

        // Then
        assertThatAllGot(sessions, said);
        await("events wait in the relay", () -> home.depth(Queues.RELAY.name()) == 0);
        sessions.forEach(Session::close);
    }

    @Test
    @Tag("nightly")
    void whatIsSaidWhileTheHomeRegionIsAwayReachesAllWhenItIsBack() throws Exception {
        // Given
        Town town = new Town();
        List<Session> sessions = town.sessions();
        List<String> said = new ArrayList<>(town.talk(town.atHome, home, 6).call());
        assertThatAllGot(sessions, said);
        awaitEmptyQueues();

        // When somebody in the second Region talks while nobody puts events into order
        home.stop();
        said.addAll(town.talk(town.inSecond, second, 7).call());
        home.start();
        for (Session session : sessions) {
            if (session.place == home) {
                session.resume();
            }
        }

        // Then the outbox has kept it for all
        assertThatAllGot(sessions, said);
        sessions.forEach(Session::close);
    }

    @Test
    void aTokenThatIsRevokedInOneRegionEndsItsSessionsInTheOther() {
        for (RegionProcess here : List.of(home, second)) {
            // Given a session in the other Region, which knows its token
            RegionProcess there = here == home ? second : home;
            Person user = new Town().atHome;
            Session session = new Session(there, user);
            RestClient restThere = new RestClient(there.baseUrl());
            restThere.get("/users/@me", user.token()).expect(200);

            // When
            new RestClient(here.baseUrl())
                    .post("/auth/logout", user.token(), null)
                    .expect(204);

            // Then it ends for good, and the token is refused before the cache would have forgotten it
            assertThat(session.client.awaitOp(9).path("d").asBoolean(true)).isFalse();
            assertThat(restThere.get("/users/@me", user.token()).status()).isEqualTo(401);
            session.close();
        }
    }

    @Test
    void whoIsBannedInOneRegionHearsNothingMoreOfTheGuildInTheOther() throws Exception {
        // Given
        Town town = new Town();
        Session banned = new Session(second, town.inSecond);
        Session witness = new Session(second, town.atHome);
        People people = new People(new RestClient(home.baseUrl()));

        // When
        new RestClient(home.baseUrl())
                .send(
                        "PUT",
                        "/guilds/" + town.place.guildId() + "/bans/" + town.inSecond.id(),
                        town.atHome.token(),
                        Map.of())
                .expect(204);
        banned.client.awaitDispatch("GUILD_DELETE");
        people.say(town.atHome, town.place.channelId(), "they are gone");
        people.say(town.atHome, town.place.channelId(), "indeed");

        // Then: what others of the Region have, a session has in the same step
        witness.receive(2);
        assertThat(banned.client.frames())
                .noneMatch(frame -> frame.path("t").asText().equals("MESSAGE_CREATE"));
        banned.close();
        witness.close();
    }

    @Test
    void usersOfARegionThatStopsTalkAgainInTheOther() throws Exception {
        // Given
        Town town = new Town();
        List<Session> sessions = town.sessions();
        List<String> said = new ArrayList<>(town.talk(town.inSecond, second, 8).call());
        assertThatAllGot(sessions, said);
        awaitEmptyQueues();

        // When
        long stopped = System.nanoTime();
        second.stop();
        moveAll(sessions, second, home);

        // Then
        String first = town.say(town.inSecond, home);
        for (Session session : sessions) {
            session.awaitMessage(first);
        }
        print("the second Region is lost", sessions, stopped);
        sessions.forEach(Session::close);
        second.start();
    }

    @Test
    @Tag("nightly")
    void usersOfALostHomeRegionTalkAgainWhenTheOtherIsTheHome() throws Exception {
        // Given
        Town town = new Town();
        List<Session> sessions = town.sessions();
        List<String> said = new ArrayList<>(town.talk(town.atHome, home, 9).call());
        assertThatAllGot(sessions, said);
        awaitEmptyQueues();

        // When the second Region becomes the home, which a deployment does, and takes in the users of the first
        long stopped = System.nanoTime();
        home.stop();
        second.stop();
        second.startAs(true);
        moveAll(sessions, home, second);
        for (Session session : sessions) {
            if (session.place == second && session.user.equals(town.inSecond)) {
                session.resume();
            }
        }

        // Then
        String first = town.say(town.atHome, second);
        for (Session session : sessions) {
            session.awaitMessage(first);
        }
        print("the home Region is lost and the second one becomes the home", sessions, stopped);

        // When the first Region is the home again
        second.stop();
        home.start();
        second.startAs(false);
        for (Session session : sessions) {
            session.resume();
        }

        // Then
        String last = town.say(town.atHome, home);
        for (Session session : sessions) {
            session.awaitMessage(last);
        }
        sessions.forEach(Session::close);
    }

    /** All clients of a Region that does not answer go to the other at once, as DNS would lead them. */
    private static void moveAll(List<Session> sessions, RegionProcess from, RegionProcess to) throws Exception {
        try (ExecutorService moving = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> moves = sessions.stream()
                    .filter(session -> session.place == from)
                    .<Callable<Void>>map(session -> () -> {
                        session.moveTo(to);
                        return null;
                    })
                    .toList();
            for (Future<Void> move : moving.invokeAll(moves, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                move.get();
            }
        }
    }

    private static void print(String what, List<Session> sessions, long since) {
        System.out.printf(
                Locale.ROOT,
                "%s: all of %d clients talk again after %.1f s (one machine, the database stays)%n",
                what,
                sessions.size(),
                (System.nanoTime() - since) / 1e9);
    }

    /** All messages, each once, in one order. */
    private static void assertThatAllGot(List<Session> sessions, List<String> said) throws InterruptedException {
        List<String> order = List.of();
        for (Session session : sessions) {
            List<String> got = session.receive(said.size());
            assertThat(got).as("messages of %s", session).containsExactlyInAnyOrderElementsOf(said);
            order = order.isEmpty() ? got : order;
            assertThat(got).as("the order of %s", session).isEqualTo(order);
        }
    }

    private void awaitEmptyQueues() {
        for (RegionProcess region : List.of(home, second)) {
            Queues.of(Regions.TWO)
                    .forEach(queue -> await(queue.name() + " is not empty", () -> region.depth(queue.name()) == 0));
        }
    }

    private static void await(String otherwise, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("After " + PATIENCE.toSeconds() + " s: " + otherwise);
                }
                LockSupport.parkNanos(50_000_000);
            }
        } catch (Exception e) {
            throw new AssertionError(otherwise, e);
        }
    }

    /** A guild with members in both Regions. */
    private final class Town {

        private final Person atHome = new People(new RestClient(home.baseUrl())).user();
        private final Person inSecond = new People(new RestClient(second.baseUrl())).user();
        private final Place place;

        private Town() {
            People people = new People(new RestClient(home.baseUrl()));
            place = people.guild(atHome);
            people.join(place, atHome, List.of(inSecond));
        }

        List<Session> sessions() {
            List<Session> sessions = new ArrayList<>();
            IntStream.range(0, SESSIONS_AT_HOME).forEach(i -> sessions.add(new Session(home, atHome)));
            IntStream.range(0, SESSIONS_IN_SECOND).forEach(i -> sessions.add(new Session(second, inSecond)));
            return sessions;
        }

        /** Says something once; gives the id of the message. */
        String say(Person speaker, RegionProcess at) {
            return new People(new RestClient(at.baseUrl()))
                    .say(speaker, place.channelId(), "here again")
                    .path("id")
                    .asText();
        }

        /** Says something now and then; gives the ids of the messages. */
        Callable<List<String>> talk(Person speaker, RegionProcess at, int number) {
            return () -> {
                People people = new People(new RestClient(at.baseUrl()));
                Random pauses = new Random(SEED + number);
                List<String> said = new ArrayList<>();
                for (int i = 0; i < MESSAGES_EACH; i++) {
                    said.add(people.say(speaker, place.channelId(), number + "." + i)
                            .path("id")
                            .asText());
                    LockSupport.parkNanos(pauses.nextInt(60) * 1_000_000L);
                }
                return said;
            };
        }
    }

    /** A session, over as many connections as it takes. */
    private static final class Session {

        private final Person user;
        private RegionProcess place;
        private String id;
        private final List<String> messages = new ArrayList<>();
        private GatewayClient client;
        private long last;

        private Session(RegionProcess at, Person user) {
            place = at;
            this.user = user;
            client = GatewayClient.connect(at.gatewayUrl());
            client.awaitOp(10);
            begin();
        }

        private void begin() {
            client.identify(user.token(), 513);
            JsonNode ready = client.awaitDispatch("READY");
            id = ready.path("d").path("session_id").asText();
            last = ready.path("s").asLong();
            note(client.awaitDispatch("GUILD_CREATE"));
        }

        void resume() {
            client.close();
            client = GatewayClient.connect(place.gatewayUrl());
            client.awaitOp(10);
            client.resume(user.token(), id, last);
        }

        /** Tries to go on in the other Region, which does not know the session, and begins anew there. */
        void moveTo(RegionProcess other) {
            client.close();
            place = other;
            resume();
            assertThat(client.awaitOp(9).path("d").asBoolean(true)).isFalse();
            begin();
        }

        /** Waits for a message, whatever comes before it. */
        void awaitMessage(String messageId) throws InterruptedException {
            while (!messages.contains(messageId)) {
                receive(messages.size() + 1);
            }
        }

        /** The ids of all messages so far, when there are that many. */
        List<String> receive(int count) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (messages.size() < count) {
                JsonNode frame = client.frames().poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (frame == null) {
                    throw new AssertionError(this + " has " + messages.size() + " of " + count + " messages");
                }
                assertThat(frame.path("op").asInt()).as("op of %s", frame).isNotEqualTo(9);
                if (frame.path("op").asInt() == 0) {
                    note(frame);
                }
            }
            return List.copyOf(messages);
        }

        private void note(JsonNode frame) {
            long s = frame.path("s").asLong();
            assertThat(s).as("after %d, %s", last, frame).isLessThanOrEqualTo(last + 1);
            if (s <= last) {
                return; // the same frame again, after a send that was cut
            }
            last = s;
            if (frame.path("t").asText().equals("MESSAGE_CREATE")) {
                messages.add(frame.path("d").path("id").asText());
            }
        }

        void close() {
            client.close();
        }

        @Override
        public String toString() {
            return "session " + id + " of " + user.name();
        }
    }
}
