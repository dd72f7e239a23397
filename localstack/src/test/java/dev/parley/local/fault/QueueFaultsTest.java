package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong between the queue and its function. */
@ExtendWith(LocalCloudExtension.class)
class QueueFaultsTest {

    private final LocalCloud cloud;
    private final FaultsClient faults;

    QueueFaultsTest(LocalCloud cloud) {
        this.cloud = cloud;
        faults = new FaultsClient(cloud.baseUrl());
    }

    @AfterEach
    void clear() {
        faults.clear();
    }

    @Test
    void aBatchThatComesAgainIsDeliveredOnce() {
        try (Audience audience = new Audience(cloud)) {
            // Given
            long before = faults.fired("queue.duplicate");
            faults.set("{\"fault\":\"queue\",\"effect\":\"duplicate\",\"next\":2}");

            // When
            audience.say("one");
            audience.say("two");
            audience.say("three");

            // Then
            JsonNode one = audience.hear();
            JsonNode two = audience.hear();
            JsonNode three = audience.hear();
            Conditions.await("two batches came again", () -> faults.fired("queue.duplicate") == before + 2);
            audience.say("four");
            JsonNode four = audience.hear();
            long first = one.path("s").asLong();
            assertThat(one.path("d").path("content").asText()).isEqualTo("one");
            assertThat(two.path("s").asLong()).isEqualTo(first + 1);
            assertThat(three.path("s").asLong()).isEqualTo(first + 2);
            assertThat(four.path("s").asLong()).isEqualTo(first + 3);
            assertThat(four.path("d").path("content").asText()).isEqualTo("four");
        }
    }

    @Test
    void aBatchThatIsHeldComesLater() {
        try (Audience audience = new Audience(cloud)) {
            faults.set("{\"fault\":\"queue\",\"effect\":\"delay\",\"delay_ms\":400,\"next\":1}");

            long start = System.nanoTime();
            audience.say("one");

            audience.hear();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(400_000_000);
        }
    }
}
