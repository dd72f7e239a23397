package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong between a sender and API Gateway. */
@ExtendWith(LocalCloudExtension.class)
class PostFaultsTest {

    private final LocalCloud cloud;
    private final FaultsClient faults;

    PostFaultsTest(LocalCloud cloud) {
        this.cloud = cloud;
        faults = new FaultsClient(cloud.baseUrl());
    }

    @AfterEach
    void clear() {
        faults.clear();
    }

    @Test
    void aPostThatIsDroppedBeforeDeliveryIsMadeAgain() {
        try (Audience audience = new Audience(cloud)) {
            // Given
            long before = faults.fired("post.drop_before");
            faults.set("{\"fault\":\"post\",\"effect\":\"drop_before\",\"next\":1}");

            // When
            audience.say("one");
            audience.say("two");

            // Then
            assertThat(content(audience.hear())).isEqualTo("one");
            assertThat(content(audience.hear())).isEqualTo("two");
            assertThat(faults.fired("post.drop_before") - before).isEqualTo(1);
            assertThat(faults.active()).isEmpty();
        }
    }

    @Test
    void aPostThatIsDroppedAfterDeliveryComesTwiceWithTheSameNumber() {
        try (Audience audience = new Audience(cloud)) {
            // Given
            faults.set("{\"fault\":\"post\",\"effect\":\"drop_after\",\"next\":1}");

            // When
            audience.say("one");

            // Then
            JsonNode first = audience.hear();
            JsonNode second = audience.hear();
            assertThat(content(first)).isEqualTo("one");
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void aPostThatIsGoneIsMadeAgainWhenTheConnectionIsThereAfterAll() {
        try (Audience audience = new Audience(cloud)) {
            // Given
            long before = faults.fired("post.gone");
            faults.set("{\"fault\":\"post\",\"effect\":\"gone\",\"next\":1}");

            // When
            audience.say("one");
            audience.say("two");

            // Then the connection keeps its session
            assertThat(content(audience.hear())).isEqualTo("one");
            assertThat(content(audience.hear())).isEqualTo("two");
            assertThat(faults.fired("post.gone") - before).isEqualTo(1);
        }
    }

    @Test
    void throttledPostsAreMadeAgain() {
        try (Audience audience = new Audience(cloud)) {
            // Given
            long before = faults.fired("post.throttled");
            faults.set("{\"fault\":\"post\",\"effect\":\"throttled\",\"next\":2}");

            // When
            audience.say("one");

            // Then
            assertThat(content(audience.hear())).isEqualTo("one");
            assertThat(faults.fired("post.throttled") - before).isEqualTo(2);
        }
    }

    @Test
    void aDelayedPostComesLaterAndInOrder() {
        try (Audience audience = new Audience(cloud)) {
            // Given
            faults.set("{\"fault\":\"post\",\"effect\":\"delay\",\"delay_ms\":300,\"rate\":1,\"seconds\":60}");

            // When
            long start = System.nanoTime();
            audience.say("one");
            audience.say("two");

            // Then
            assertThat(content(audience.hear())).isEqualTo("one");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000);
            assertThat(content(audience.hear())).isEqualTo("two");
        }
    }

    private static String content(JsonNode frame) {
        return frame.path("d").path("content").asText();
    }
}
