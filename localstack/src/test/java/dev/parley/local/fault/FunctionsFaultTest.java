package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Crashes of what runs the functions. */
@ExtendWith(LocalCloudExtension.class)
class FunctionsFaultTest {

    private static final String KILL = "{\"fault\":\"functions\",\"effect\":\"kill\"}";

    private static final int MOST_HEARTBEATS = 30;

    private final LocalCloud cloud;
    private final FaultsClient faults;

    FunctionsFaultTest(LocalCloud cloud) {
        this.cloud = cloud;
        faults = new FaultsClient(cloud.baseUrl());
    }

    @AfterEach
    void clear() {
        faults.clear();
    }

    @Test
    void afterAKillMessagesAreMadeAndDelivered() throws InterruptedException {
        try (Audience audience = new Audience(cloud)) {
            long before = faults.fired("functions.kill");

            for (int i = 1; i <= 3; i++) {
                faults.set(KILL);
                audience.say("message " + i);

                assertThat(heardUntil(audience, "message " + i)).last().isEqualTo("message " + i);
            }

            assertThat(faults.fired("functions.kill") - before).isEqualTo(3);
        }
    }

    @Test
    void aSenderThatIsKilledInAPostIsFollowedByAnother() throws InterruptedException {
        try (Audience audience = new Audience(cloud)) {
            // Given
            long before = faults.fired("post.drop_before");
            faults.set("{\"fault\":\"post\",\"effect\":\"drop_before\",\"rate\":1,\"seconds\":60}");
            audience.say("one");
            Conditions.await("a sender is at work", () -> faults.fired("post.drop_before") > before);

            // When
            faults.set(KILL);
            faults.clear();
            audience.say("two");

            // Then
            List<String> heard = heardUntil(audience, "two");
            assertThat(heard.stream().distinct()).containsExactly("one", "two");
        }
    }

    /**
     * What is heard up to a message. The lease of a sender that was killed ends by itself; whoever comes then sends on,
     * here the next heartbeat.
     */
    private static List<String> heardUntil(Audience audience, String content) throws InterruptedException {
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < MOST_HEARTBEATS && !heard.contains(content); i++) {
            audience.client().send(1, Json.tree(1));
            JsonNode frame = audience.client().frames().poll(1, TimeUnit.SECONDS);
            while (frame != null && !heard.contains(content)) {
                if (frame.path("t").asText().equals("MESSAGE_CREATE")) {
                    heard.add(frame.path("d").path("content").asText());
                }
                frame = heard.contains(content)
                        ? null
                        : audience.client().frames().poll(1, TimeUnit.SECONDS);
            }
        }
        return heard;
    }

    @Test
    void aNewConnectionIsGreetedAfterAKill() {
        faults.set(KILL);

        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);
        }
    }
}
