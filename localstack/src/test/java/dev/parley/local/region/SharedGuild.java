package dev.parley.local.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A guild with a member in each of two Regions. {@code -Dparley.region.seed=7} gives other pauses between what is said.
 */
final class SharedGuild {

    private static final long SEED = Long.getLong("parley.region.seed", 20_250_101);
    private static final int SESSIONS_AT_HOME = 3;
    private static final int SESSIONS_IN_SECOND = 12;
    private static final int MESSAGES_EACH = 30;

    private final TwoRegions regions;
    private final Person atHome;
    private final Person inSecond;
    private final Place place;

    SharedGuild(TwoRegions regions) {
        this.regions = regions;
        People people = new People(new RestClient(regions.home().baseUrl()));
        atHome = people.user();
        inSecond = new People(new RestClient(regions.second().baseUrl())).user();
        place = people.guild(atHome);
        people.join(place, atHome, List.of(inSecond));
    }

    Person atHome() {
        return atHome;
    }

    Person inSecond() {
        return inSecond;
    }

    Place place() {
        return place;
    }

    /** Few sessions at home, for which the guild is none of the large ones, and more in the second Region, where it is. */
    List<RegionSession> sessions() {
        List<RegionSession> sessions = new ArrayList<>();
        IntStream.range(0, SESSIONS_AT_HOME).forEach(i -> sessions.add(new RegionSession(regions.home(), atHome)));
        IntStream.range(0, SESSIONS_IN_SECOND)
                .forEach(i -> sessions.add(new RegionSession(regions.second(), inSecond)));
        return sessions;
    }

    /** Says something once; gives the id of the message. */
    String say(Person speaker, RegionProcess at) {
        return new People(new RestClient(at.baseUrl()))
                .say(speaker, place.channelId(), "here again")
                .path("id")
                .asText();
    }

    /**
     * Says something now and then; gives the ids of the messages.
     *
     * @param number what the messages begin with
     */
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

    /** All sessions have all messages, each once, in one order. */
    static void assertThatAllGot(List<RegionSession> sessions, List<String> said) throws InterruptedException {
        List<String> order = List.of();
        for (RegionSession session : sessions) {
            List<String> got = session.receive(said.size());
            assertThat(got).as("messages of %s", session).containsExactlyInAnyOrderElementsOf(said);
            order = order.isEmpty() ? got : order;
            assertThat(got).as("the order of %s", session).isEqualTo(order);
        }
    }
}
