package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.Routes;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** A guild that an operator takes out of service and back. */
@ExtendWith(LocalCloudExtension.class)
class GuildAvailabilityTest {

    private static final long GUILDS_AND_MESSAGES = 513;

    private final LocalCloud cloud;
    private final People people;

    private Person user;
    private Place place;

    GuildAvailabilityTest(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
    }

    @BeforeEach
    void meet() {
        user = people.user();
        place = people.guild(user);
    }

    @Test
    void aSessionHearsThatItsGuildGoesAndThatItIsBack() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), user.token(), GUILDS_AND_MESSAGES)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            assertThat(setAvailable(place.guildId(), false).path("changed").asBoolean())
                    .isTrue();

            // Then
            assertThat(client.awaitDispatch("GUILD_DELETE").path("d"))
                    .isEqualTo(Json.object().put("id", place.guildId()).put("unavailable", true));

            // When
            assertThat(setAvailable(place.guildId(), true).path("changed").asBoolean())
                    .isTrue();

            // Then
            JsonNode back = client.awaitDispatch("GUILD_CREATE").path("d");
            assertThat(back.path("id").asText()).isEqualTo(place.guildId());
            assertThat(back.path("unavailable").asBoolean(true)).isFalse();
            people.say(user, place.channelId(), "we are back");
            client.awaitMessage("we are back");
        }
    }

    @Test
    void aSessionThatBeginsMeanwhileGetsTheGuildWhenItIsBack() {
        // Given
        setAvailable(place.guildId(), false);
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);
            client.identify(user.token(), GUILDS_AND_MESSAGES);
            JsonNode guild =
                    client.awaitDispatch("READY").path("d").path("guilds").get(0);
            assertThat(guild.path("id").asText()).isEqualTo(place.guildId());
            assertThat(guild.path("unavailable").asBoolean()).isTrue();

            // When
            client.send(1, null);
            assertThat(client.next().path("op").asInt())
                    .as("no guild before it is back")
                    .isEqualTo(11);
            setAvailable(place.guildId(), true);

            // Then
            assertThat(client.next().path("t").asText()).isEqualTo("GUILD_CREATE");
        }
    }

    @Test
    void whatIsNoChangeIsNotTold() {
        assertThat(setAvailable(place.guildId(), true).path("changed").asBoolean(true))
                .isFalse();
    }

    /** As {@code aws lambda invoke} does it. */
    private static JsonNode setAvailable(String guildId, boolean available) {
        try (LambdaClient lambda = LambdaClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            InvokeResponse answer = lambda.invoke(request -> request.functionName(Routes.SET_GUILD_AVAILABILITY.name())
                    .payload(SdkBytes.fromUtf8String(
                            "{\"guild_id\":\"" + guildId + "\",\"available\":" + available + "}")));
            assertThat(answer.functionError()).isNull();
            return Json.parse(answer.payload().asUtf8String());
        }
    }
}
