package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.ConnectionCutter;
import dev.parley.local.HeldFunction;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.Bot;
import dev.parley.local.client.GatewayLog;
import dev.parley.local.client.GatewayLog.Line;
import dev.parley.local.client.Library;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Unmodified client libraries lose their connection in each way that there is. Each comes back as it was measured against a
 * bare server, and one that resumes misses nothing. What was seen is printed at the end, a line for each.
 */
@ExtendWith(LocalCloudExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconnectMatrixTest {

    private static final List<String> WHILE_AWAY =
            IntStream.rangeClosed(1, 5).mapToObj(i -> "while away " + i).toList();
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(10);
    private static final Duration CONNECTION_LIMIT = Duration.ofHours(2);

    private final LocalCloud cloud;
    private final ConnectionCutter cutter;
    private final List<String> matrix = new ArrayList<>();

    ReconnectMatrixTest(LocalCloud cloud, ConnectionCutter cutter) {
        this.cloud = cloud;
        this.cutter = cutter;
    }

    enum Cut {
        CLOSE_1000("close 1000"),
        CLOSE_1001("close 1001, idle 10 min"),
        OP_7("op 7"),
        TWO_HOURS("close 1001, open 2 h");

        private final String title;

        Cut(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** All of them together are far from the age at which a connection ends. */
    private static final int IDLE_TRIES = 4;

    private static final Duration LOOK = Duration.ofSeconds(3);

    /** A bot and its surroundings, once it hears its guild. */
    private record Scene(Bot bot, String connectionId, Person person, Place place) {}

    static Stream<Arguments> everyLibraryAndCut() {
        return Arrays.stream(Library.values())
                .flatMap(library -> Arrays.stream(Cut.values()).map(cut -> Arguments.of(library, cut)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyLibraryAndCut")
    void aLibraryComesBackAsMeasured(Library library, Cut cut) throws Exception {
        // Given
        Person person = people().user();
        Place place = people().guild(person);
        Person account = people().bot(person, place);
        try (GatewayLog log = GatewayLog.open();
                Bot bot = library.start(cloud, account.token())) {
            String session = bot.await("session");
            bot.await("ready");
            String connectionId =
                    log.await(line -> line.route().equals(GatewayLog.IDENTIFY)).connectionId();
            Scene scene = new Scene(bot, connectionId, person, place);
            sayAndHear(scene, "hello");

            // When
            Predicate<Line> isGone =
                    line -> line.isOf(connectionId) && line.route().equals(GatewayLog.DISCONNECT);
            try (HeldFunction _ = cutter.holdConnects()) {
                cut(cut, scene, log);
                if (!keepsTheOldConnection(library, cut)) {
                    log.await(isGone);
                }
                sayWhileAway(scene);
                cutter.awaitAllLogged();
            }

            // Then
            Line gone = log.await(isGone);
            Line back = log.await(line -> line.begins() && !line.isOf(connectionId));
            String seen = "ended with " + gone.closeCode() + ", " + name(back);
            if (back.route().equals(GatewayLog.RESUME)) {
                hearsAllOnce(scene);
                seen += ", " + WHILE_AWAY.size() + " events replayed";
            } else {
                assertThat(bot.await("session")).as("another session").isNotEqualTo(session);
                sayAndHear(scene, "after READY");
            }
            matrix.add("%-10s %-24s %s".formatted(library, cut, seen));
            assertThat(gone.closeCode()).isEqualTo(closeCode(library, cut));
            assertThat(back.route()).isEqualTo(opcode(library, cut));
            assertThat(log.lines()).as("one attempt").filteredOn(Line::begins).hasSize(2);
        }
    }

    @AfterAll
    void printMatrix() {
        matrix.forEach(System.out::println);
    }

    private void cut(Cut cut, Scene scene, GatewayLog log) {
        switch (cut) {
            case CLOSE_1000 -> cutter.close(scene.connectionId());
            case CLOSE_1001 -> passIdle(scene, log);
            case OP_7 -> cutter.askToReconnect(scene.connectionId());
            case TWO_HOURS -> passTwoHours(scene);
        }
    }

    /**
     * Lets the connection be idle for too long. The answer to a heartbeat may still have been on its way when the clock
     * moved, and makes the connection look active at the new time: then it is idle once more.
     */
    private void passIdle(Scene scene, GatewayLog log) {
        Predicate<Line> gone =
                line -> line.isOf(scene.connectionId()) && line.route().equals(GatewayLog.DISCONNECT);
        for (int i = 0; i < IDLE_TRIES; i++) {
            cutter.pass(IDLE_LIMIT);
            if (log.find(gone, LOOK) != null) {
                return;
            }
        }
    }

    /** Something is said before the connection has been idle for too long, so that only its age can end it. */
    private void passTwoHours(Scene scene) {
        Duration step = IDLE_LIMIT.minusMinutes(1);
        Duration left = CONNECTION_LIMIT;
        for (; left.compareTo(step) > 0; left = left.minus(step)) {
            cutter.pass(step);
            sayAndHear(scene, "still there, " + left.toMinutes());
        }
        cutter.pass(left);
    }

    private void sayWhileAway(Scene scene) {
        People people = people();
        WHILE_AWAY.forEach(content -> people.say(scene.person(), scene.place().channelId(), content));
    }

    private void sayAndHear(Scene scene, String content) {
        people().say(scene.person(), scene.place().channelId(), content);
        assertThat(scene.bot().await("message")).isEqualTo("message " + content);
    }

    /** It hears what was said while it was away before the session is said to go on, and nothing of it later. */
    private void hearsAllOnce(Scene scene) {
        people().say(scene.person(), scene.place().channelId(), "after RESUMED");
        List<String> expected = new ArrayList<>();
        WHILE_AWAY.forEach(content -> expected.add("message " + content));
        expected.add("resumed");
        expected.add("message after RESUMED");
        assertThat(scene.bot().awaitAll("message after RESUMED"))
                .filteredOn(line -> !line.startsWith("error "))
                .isEqualTo(expected);
    }

    /** Whether a library leaves a connection, which it does not read any more, only once it has the next. */
    private static boolean keepsTheOldConnection(Library library, Cut cut) {
        return library == Library.SERENITY && cut == Cut.OP_7;
    }

    private static int closeCode(Library library, Cut cut) {
        return switch (cut) {
            case CLOSE_1000 -> 1000;
            case CLOSE_1001, TWO_HOURS -> 1001;
            case OP_7 ->
                switch (library) {
                    case JDA -> 4900;
                    case DISCORD_JS -> 4200;
                    case DISCORD_PY -> 4000;
                    case ERIS -> 4901;
                    case SERENITY -> 1006;
                };
        };
    }

    private static String opcode(Library library, Cut cut) {
        return library == Library.DISCORD_JS && cut == Cut.CLOSE_1000 ? GatewayLog.IDENTIFY : GatewayLog.RESUME;
    }

    private static String name(Line back) {
        return back.route().equals(GatewayLog.RESUME) ? "RESUME" : "new IDENTIFY";
    }

    /** Clients for each step: time that passes ends the connections of those before. */
    private People people() {
        return new People(new RestClient(cloud.baseUrl()));
    }
}
