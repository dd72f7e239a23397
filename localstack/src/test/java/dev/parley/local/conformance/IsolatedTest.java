package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.command.ParleyProcess;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first conversation, with every function in a JVM of its own behind AWS's unmodified runtime client. */
class IsolatedTest {

    @BeforeAll
    static void needsLinux() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        Assumptions.assumeTrue(linux, "AWS's runtime client needs Linux");
    }

    @Test
    void aConversationGoesThroughTheRealRuntimeClient() throws Exception {
        String port = Integer.toString(ParleyProcess.freePort());
        try (ParleyProcess parley = ParleyProcess.start("up", "--isolated", "--ephemeral", "--port", port)
                .awaitReady()) {
            // Given
            Warm warm = new Warm(new RestClient("http://localhost:" + port));
            Person user = warm.until(() -> warm.people.user());
            Place place = warm.until(() -> warm.people.guild(user));
            try (GatewayClient client =
                    warm.until(() -> GatewayClient.ready("ws://localhost:" + port + "/gateway", user.token(), 513))) {

                // When
                warm.until(() -> warm.people.say(user, place.channelId(), "through the runtime client"));

                // Then
                client.awaitMessage("through the runtime client");
                assertThat(parley.children().stream()
                                .filter(child ->
                                        child.info().command().orElse("").endsWith("/java"))
                                .count())
                        .as("functions in processes of their own")
                        .isGreaterThanOrEqualTo(5);
            }
        }
    }

    /** A first call may find its function still starting, and time out; as a client would, it is made again. */
    private static final class Warm {

        private static final int TRIES = 4;

        private final People people;

        Warm(RestClient rest) {
            people = new People(rest);
        }

        <T> T until(java.util.function.Supplier<T> call) {
            for (int i = 1; ; i++) {
                try {
                    return call.get();
                } catch (AssertionError | RuntimeException e) {
                    if (i == TRIES) {
                        throw e;
                    }
                }
            }
        }
    }
}
