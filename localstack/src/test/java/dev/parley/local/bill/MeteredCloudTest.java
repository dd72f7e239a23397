package dev.parley.local.bill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole local cloud meters what clients make it do. */
@ExtendWith(LocalCloudExtension.class)
class MeteredCloudTest {

    private final LocalCloud cloud;

    MeteredCloudTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void aConversationIsOnTheBill() {
        People people = new People(new RestClient(cloud.baseUrl()));
        Person user = people.user();
        Place place = people.guild(user);
        try (BillClient client = new BillClient(Duration.ofSeconds(10))) {
            // Given
            Consumption before = client.ask(cloud.baseUrl()).orElseThrow();

            // When
            try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), user.token(), 1 << 9)) {
                people.say(user, place.channelId(), "metered");
                session.awaitMessage("metered");
            }

            // Then: HELLO, op 2, READY and the message; $connect, the greeting, op 2, the request and the fan-out; what
            // SQS is asked
            Consumption used =
                    client.ask(cloud.baseUrl()).orElseThrow().since(before).orElseThrow();
            assertThat(used.websocketMessages()).isGreaterThanOrEqualTo(4);
            assertThat(used.httpRequests()).isGreaterThanOrEqualTo(1);
            assertThat(used.invocations()).isGreaterThanOrEqualTo(4);
            assertThat(used.gigabyteSeconds()).isGreaterThanOrEqualTo(0.004);
            assertThat(used.queueRequests()).isGreaterThanOrEqualTo(2);
            assertThat(used.connectionMinutes()).isPositive();
            assertThat(used.bytesOut()).isGreaterThan(500);
        }
    }
}
