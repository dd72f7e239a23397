package dev.parley.local.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.local.store.TestPooler;
import dev.parley.ratelimit.Limit;
import dev.parley.settings.Setting;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every route under input that nobody means: no 5xx, nothing told to whom it does not concern, no write lost. Its cloud is
 * its own, with limits so wide that no 429 hides an answer.
 *
 * <p>{@code -Dparley.hostile.seed=N} repeats a run's requests, {@code -Dparley.hostile.rounds=N} sets how many each route
 * gets.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

    /** All intents that there are. */
    private static final long INTENTS = 53_608_447;

    private static final int WORKERS = 4;

    /** Messages that one channel pins (Discord documentation, "Pin Message"). */
    private static final int PINS = 250;

    private final long seed = Long.getLong("parley.hostile.seed", new SecureRandom().nextLong());
    private final int rounds = Integer.getInteger("parley.hostile.rounds", 12);
    private final Tally tally = new Tally();
    private LocalCloud cloud;
    private RestClient rest;
    private People people;
    private RawRequests requests;

    @BeforeAll
    void start() {
        String limits =
                Arrays.stream(Limit.values()).map(limit -> limit + "=100000/1s").collect(Collectors.joining(","));
        cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withSettings(Map.of(Setting.LIMITS.variable(), limits))
                        .withDatabase(TestPooler.options()),
                StartProgress.none());
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
        requests = new RawRequests(cloud.baseUrl(), tally);
    }

    @AfterAll
    void stop() {
        cloud.close();
        System.out.println("Hostile input, seed " + seed + tally.table());
    }

    @Test
    void noInputMakesARouteFail() {
        // Given
        List<HttpRoute> routes = Routes.http();

        // When
        IntStream.range(0, WORKERS).parallel().forEach(worker -> {
            Target target = null;
            Person other = people.user();
            for (int i = worker; i < routes.size(); i += WORKERS) {
                if (target == null || (i / WORKERS) % 12 == 0) {
                    target = Target.make(rest, people, people.user(), List.of(), mark());
                }
                Fuzzing fuzzing = new Fuzzing(new Random(seed + i), target, other);
                for (int round = 0; round < rounds; round++) {
                    requests.send(fuzzing.request(routes.get(i)));
                }
            }
        });

        // Then
        assertNothingFailed();
    }

    @Test
    void nobodyIsToldWhatDoesNotConcernThem() {
        // Given
        Person owner = people.user();
        Person stranger = people.user();
        Person member = people.user();
        Target strangers = Target.make(rest, people, stranger, List.of(), mark());
        Target members = Target.make(rest, people, member, List.of(), mark());
        String mark = mark();
        try (GatewayClient outside = GatewayClient.ready(cloud.gatewayUrl(), stranger.token(), INTENTS);
                GatewayClient within = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            Target target = Target.make(rest, people, owner, List.of(member), mark);
            List<String> toMember = List.of(target.hidden());
            List<String> toStranger = List.of(target.hidden(), target.inside());

            // When
            new Prying(requests, tally, target, strangers).pry(Routes.http(), stranger, toStranger);
            new Prying(requests, tally, target, members).pry(shownToMembers(), member, toMember);

            // Then
            hears(outside, stranger, toStranger);
            hears(within, member, toMember);
            fresh(stranger, toStranger);
            fresh(member, toMember);
            assertThat(rest.get("/channels/" + target.ids().get("channel_id"), owner.token())
                            .expect(200)
                            .path("topic")
                            .asText())
                    .as("nothing was changed by who may not")
                    .isEqualTo(target.hidden());
        }
        assertNothingFailed();
    }

    @Test
    void whatIsAcceptedAtTheSameTimeIsNotLost() {
        Races races = new Races(rest, cloud.gatewayUrl(), tally, 12);

        for (int i = 0; i < 3; i++) {
            races.editOfOneMessage();
            races.fieldsOfOneChannel();
            races.fieldsOfOneRole();
            races.overwritesOfOneChannel();
            races.reactionsOnOneMessage();
            races.useOfAnInviteForOne();
            races.joinsOfOneThread();
            races.fieldsOfOneWebhook();
            races.nickAndRolesOfOneMember();
        }
        races.fieldsOfTheRest();
        races.pinsUpToTheLimit(PINS);

        assertNothingFailed();
    }

    /** A guild's list of channels names all of them to its members, as on Discord. */
    private static List<HttpRoute> shownToMembers() {
        return Routes.http().stream()
                .filter(route -> !route.routeKey().equals("GET /api/{version}/guilds/{guild_id}/channels"))
                .toList();
    }

    private void assertNothingFailed() {
        assertThat(tally.failures()).as("seed " + seed).isEmpty();
    }

    /** A session that was there all the time, up to what happens last. */
    private void hears(GatewayClient client, Person person, List<String> marks) {
        String last = people.guild(person).guildId();
        JsonNode frame;
        do {
            frame = client.next();
            search(frame, marks);
        } while (!frame.at("/d/id").asText().equals(last));
    }

    /** A session that begins now. */
    private void fresh(Person person, List<String> marks) {
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);
            client.identify(person.token(), INTENTS);
            hears(client, person, marks);
        }
    }

    private void search(JsonNode frame, List<String> marks) {
        tally.add("frames searched for leaks", 1);
        for (String mark : marks) {
            if (frame.toString().contains(mark)) {
                tally.add("leaks in frames", 1);
                tally.fail("leak of " + mark + " in " + frame);
            }
        }
    }

    private static String mark() {
        return "q" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
