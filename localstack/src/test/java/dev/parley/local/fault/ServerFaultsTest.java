package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are away for a while. */
@ExtendWith(LocalCloudExtension.class)
class ServerFaultsTest {

    private final LocalCloud cloud;
    private final FaultsClient faults;

    ServerFaultsTest(LocalCloud cloud) {
        this.cloud = cloud;
        faults = new FaultsClient(cloud.baseUrl());
    }

    @AfterEach
    void clear() {
        faults.clear();
        Conditions.await("the functions reach their servers", faults::healthy);
    }

    @ParameterizedTest
    @CsvSource({"redis, stop", "redis, pause", "postgres, restart", "postgres, pause"})
    void afterAnOutageTheCloudIsUsableAndTheSessionIsThere(String server, String effect) {
        try (Audience audience = new Audience(cloud)) {
            // Given
            String id = server + "." + effect;
            long before = faults.fired(id);

            // When
            faults.set("{\"fault\":\"%s\",\"effect\":\"%s\",\"seconds\":2}".formatted(server, effect));
            assertThat(faults.active().get(0).path("fault").asText()).isEqualTo(server);
            Conditions.await("it is away", () -> faults.fired(id) == before + 1);
            Conditions.await("it is back", () -> faults.active().isEmpty());

            // Then
            Conditions.await("the functions reach it", faults::healthy);
            audience.say("one");
            try (GatewayClient again = audience.resume()) {
                again.awaitMessage("one");
                again.awaitDispatch("RESUMED");
            }
        }
    }

    @Test
    void clearingEndsAnOutage() {
        try (Audience audience = new Audience(cloud)) {
            faults.set("{\"fault\":\"redis\",\"effect\":\"pause\",\"seconds\":600}");

            faults.clear();

            assertThat(faults.active()).isEmpty();
            Conditions.await("the functions reach it", faults::healthy);
            audience.say("one");
            audience.client().awaitMessage("one");
        }
    }

    @Test
    void aServerThatIsAwayCannotBeTakenAway() {
        faults.set("{\"fault\":\"redis\",\"effect\":\"pause\",\"seconds\":600}");

        var answer = faults.send("POST", "{\"fault\":\"redis\",\"effect\":\"stop\",\"seconds\":1}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("redis is away already");
    }
}
