package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a session begins. API Gateway hands frames that are sent one after the other to functions at the same time. */
@ExtendWith(LocalCloudExtension.class)
class IdentifyRulesTest {

    private static final int CLIENTS = 20;
    private static final int HEARTBEATS = 15;

    private final LocalCloud cloud;
    private final People people;

    IdentifyRulesTest(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
    }

    @Test
    void heartbeatsThatComeWithIdentifyDoNotEndTheSession() {
        Person user = people.user();
        for (int i = 0; i < CLIENTS; i++) {
            try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
                // When, as JDA and discord.py do
                client.identify(user.token(), 513);
                for (int beat = 0; beat < HEARTBEATS; beat++) {
                    client.send(1, null);
                }

                // Then
                int acknowledged = 0;
                boolean ready = false;
                while (!ready || acknowledged < HEARTBEATS) {
                    JsonNode frame = client.next();
                    assertThat(frame.path("op").asInt()).as("%s", frame).isNotEqualTo(9);
                    ready |= frame.path("t").asText().equals("READY");
                    acknowledged += frame.path("op").asInt() == 11 ? 1 : 0;
                }
            }
        }
    }

    @Test
    void aSecondIdentifyOnAConnectionClosesIt() throws Exception {
        Person user = people.user();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), user.token(), 513)) {
            client.identify(user.token(), 513);

            client.awaitOp(7);
            assertThat(client.awaitClose()).isEqualTo(1000);
        }
    }
}
