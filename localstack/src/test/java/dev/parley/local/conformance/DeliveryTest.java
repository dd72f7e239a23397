package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every session of a guild gets every message once, in the guild's order, without a gap. More of it on request: {@code
 * -Dparley.delivery.sessions=200 -Dparley.delivery.messages=300 -Dparley.delivery.rate=10}.
 */
@ExtendWith(LocalCloudExtension.class)
class DeliveryTest {

    private static final int SENDERS = 4;
    private static final int SESSIONS = Integer.getInteger("parley.delivery.sessions", 40);
    private static final int MESSAGES_EACH = Integer.getInteger("parley.delivery.messages", 100) / SENDERS;

    /** Messages a second, of all senders together; 0 for as many as can be. */
    private static final int RATE = Integer.getInteger("parley.delivery.rate", 0);

    private final LocalCloud cloud;
    private final People people;

    DeliveryTest(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
    }

    @Test
    void everySessionGetsEveryMessageOnceInOneOrder() {
        // Given
        List<Person> senders = Stream.generate(people::user).limit(SENDERS).toList();
        Place place = people.guild(senders.getFirst());
        people.join(place, senders.getFirst(), senders.subList(1, SENDERS));
        List<GatewayClient> clients = IntStream.range(0, SESSIONS)
                .mapToObj(i -> GatewayClient.ready(
                        cloud.gatewayUrl(), senders.get(i % SENDERS).token(), 513))
                .toList();

        // When
        List<Thread> talking = senders.stream()
                .map(sender -> Thread.ofVirtual().start(() -> talk(sender, place)))
                .toList();

        // Then
        List<String> order = List.of();
        for (GatewayClient client : clients) {
            List<String> got = receive(client);
            assertThat(got).doesNotHaveDuplicates().hasSize(SENDERS * MESSAGES_EACH);
            order = order.isEmpty() ? got : order;
            assertThat(got).as("one order for all sessions").isEqualTo(order);
        }
        talking.forEach(thread -> assertThat(thread.isAlive() && !ended(thread)).isFalse());
        clients.forEach(GatewayClient::close);
    }

    private void talk(Person sender, Place place) {
        long start = System.nanoTime();
        for (int i = 0; i < MESSAGES_EACH; i++) {
            long due = RATE == 0 ? start : start + 1_000_000_000L * i * SENDERS / RATE;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            people.say(sender, place.channelId(), sender.name() + " " + i);
        }
    }

    private static boolean ended(Thread thread) {
        try {
            return thread.join(java.time.Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> receive(GatewayClient client) {
        List<String> messages = new ArrayList<>();
        long last = 0;
        while (messages.size() < SENDERS * MESSAGES_EACH) {
            JsonNode frame = client.next();
            if (frame.path("op").asInt() != 0) {
                continue;
            }
            long s = frame.path("s").asLong();
            assertThat(last == 0 || s == last + 1).as("s %d after %d", s, last).isTrue();
            last = s;
            if (frame.path("t").asText().equals("MESSAGE_CREATE")) {
                messages.add(frame.path("d").path("id").asText());
            }
        }
        return messages;
    }
}
