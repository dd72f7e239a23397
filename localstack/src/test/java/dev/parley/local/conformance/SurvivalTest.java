package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.command.ParleyProcess;
import dev.parley.protocol.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user was told is true stays true when everything is killed. */
class SurvivalTest {

    private static final int SENDERS = 3;
    private static final int ANSWERED_BEFORE_THE_KILL = 120;

    @TempDir
    private Path folder;

    @Test
    void everyAnsweredMessageIsStoredAndReachesTheSessionThatResumes() throws Exception {
        // Given traffic in the middle of which everything is killed
        String port = Integer.toString(ParleyProcess.freePort());
        String[] command = {
            "up", "--port", port, "--data", folder.resolve("data").toString()
        };
        String baseUrl = "http://localhost:" + port;
        String gatewayUrl = "ws://localhost:" + port + "/gateway";
        Set<String> answered = ConcurrentHashMap.newKeySet();
        CountDownLatch enough = new CountDownLatch(ANSWERED_BEFORE_THE_KILL);
        People people = new People(new RestClient(baseUrl));
        Person reader;
        Place place;
        JsonNode ready;
        Received received = new Received();
        try (ParleyProcess parley = ParleyProcess.start(command).awaitReady()) {
            reader = people.user();
            place = people.guild(reader);
            List<Person> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(people.user());
            }
            people.join(place, reader, senders);
            GatewayClient client = GatewayClient.connect(gatewayUrl);
            client.awaitOp(10);
            client.identify(reader.token(), 513);
            ready = client.awaitDispatch("READY");
            received.note(ready);
            List<Thread> talking = senders.stream()
                    .map(sender -> Thread.ofVirtual().start(() -> talk(baseUrl, sender, place, answered, enough)))
                    .toList();
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();

            // When
            parley.kill();
            parley.awaitExit();
            for (Thread thread : talking) {
                assertThat(thread.join(Duration.ofSeconds(40))).isTrue();
            }
            client.frames().forEach(received::note);
            client.close();
        }

        // Then
        try (ParleyProcess _ = ParleyProcess.start(command).awaitReady();
                GatewayClient back = GatewayClient.connect(gatewayUrl)) {
            back.awaitOp(10);
            back.resume(reader.token(), ready.path("d").path("session_id").asText(), received.lastS);
            while (!received.messages.containsAll(answered) || !received.resumed) {
                received.note(back.next());
            }
            assertThat(history(baseUrl, reader, place)).containsAll(answered);
        }
        assertThat(received.messages).as("every message once").doesNotHaveDuplicates();
    }

    private static void talk(String baseUrl, Person sender, Place place, Set<String> answered, CountDownLatch enough) {
        RestClient rest = new RestClient(baseUrl);
        while (true) {
            try {
                RestClient.Reply reply = rest.post(
                        "/channels/" + place.channelId() + "/messages",
                        sender.token(),
                        Json.object().put("content", "still here"));
                if (reply.status() == 200) {
                    answered.add(reply.body().path("id").asText());
                    enough.countDown();
                }
            } catch (RuntimeException killed) {
                return;
            }
        }
    }

    private static List<String> history(String baseUrl, Person reader, Place place) {
        RestClient rest = new RestClient(baseUrl);
        List<String> ids = new ArrayList<>();
        String after = "0";
        while (true) {
            JsonNode page = rest.get(
                            "/channels/" + place.channelId() + "/messages?limit=100&after=" + after, reader.token())
                    .expect(200);
            if (page.isEmpty()) {
                return ids;
            }
            page.forEach(message -> ids.add(message.path("id").asText()));
            after = page.get(0).path("id").asText();
        }
    }

    /** What one session got, over both of its connections. */
    private static final class Received {

        private final List<String> messages = new ArrayList<>();
        private long lastS;
        private boolean resumed;

        void note(JsonNode frame) {
            assertThat(frame.path("op").asInt()).as("%s", frame).isNotEqualTo(9);
            if (frame.path("op").asInt() != 0) {
                return;
            }
            long s = frame.path("s").asLong();
            if (s <= lastS) {
                return; // a second copy of a frame whose sender died
            }
            assertThat(s).as("no gap").isEqualTo(lastS + 1);
            lastS = s;
            resumed |= frame.path("t").asText().equals("RESUMED");
            if (frame.path("t").asText().equals("MESSAGE_CREATE")) {
                messages.add(frame.path("d").path("id").asText());
            }
        }
    }
}
