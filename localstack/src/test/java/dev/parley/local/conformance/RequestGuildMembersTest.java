package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Op 8 as Discord's documentation has it, "Request Guild Members". */
@ExtendWith(LocalCloudExtension.class)
class RequestGuildMembersTest {

    /** GUILDS and GUILD_MESSAGES. */
    private static final long PLAIN = 1 | 1 << 9;

    private static final long MEMBERS = PLAIN | 1 << 1;
    private static final long PRESENCES = PLAIN | 1 << 8;

    private final LocalCloud cloud;
    private final People people;

    private Person asking;
    private Person other;
    private Place place;

    RequestGuildMembersTest(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
    }

    @BeforeEach
    void meet() {
        asking = people.user();
        other = people.user();
        place = people.guild(asking);
        people.join(place, asking, List.of(other));
    }

    @Test
    void whoseNameBeginsSoIsFoundInAnyCase() {
        try (GatewayClient client = ready(PLAIN)) {
            client.send(8, request().put("query", other.name().substring(0, 12).toUpperCase(Locale.ROOT)));

            JsonNode chunk = chunk(client);

            assertThat(ids(chunk)).containsExactly(other.id());
            assertThat(chunk.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(chunk.path("chunk_index").asInt()).isZero();
            assertThat(chunk.path("chunk_count").asInt()).isEqualTo(1);
            assertThat(chunk.has("not_found")).isFalse();
            assertThat(chunk.has("nonce")).isFalse();
        }
    }

    @Test
    void whoIsNotFoundIsAnEmptyAnswer() {
        try (GatewayClient client = ready(PLAIN)) {
            client.send(8, request().put("query", "%"));

            assertThat(chunk(client).path("members")).isEmpty();
        }
    }

    @Test
    void usersAreFoundByTheirIdsAndOthersAreNamed() {
        Person stranger = people.user();
        try (GatewayClient client = ready(PLAIN)) {
            ObjectNode request = request().put("nonce", "of mine");
            request.putArray("user_ids").add(other.id()).add(stranger.id()).add("nobody");
            client.send(8, request);

            JsonNode chunk = chunk(client);

            assertThat(ids(chunk)).containsExactly(other.id());
            assertThat(chunk.path("not_found"))
                    .isEqualTo(Json.array().add(stranger.id()).add("nobody"));
            assertThat(chunk.path("nonce").asText()).isEqualTo("of mine");
        }
    }

    @Test
    void oneIdNeedsNoListAndALongNonceIsIgnored() {
        try (GatewayClient client = ready(PLAIN)) {
            client.send(8, request().put("user_ids", other.id()).put("nonce", "x".repeat(33)));

            JsonNode chunk = chunk(client);

            assertThat(ids(chunk)).containsExactly(other.id());
            assertThat(chunk.has("nonce")).isFalse();
        }
    }

    @Test
    void presencesComeWithTheIntentOnly() {
        ObjectNode request = request().put("user_ids", other.id()).put("presences", true);
        try (GatewayClient without = ready(PLAIN);
                GatewayClient with = ready(PRESENCES);
                GatewayClient _ = GatewayClient.ready(cloud.gatewayUrl(), other.token(), 0)) {
            without.send(8, request);
            with.send(8, request);

            assertThat(chunk(without).has("presences")).isFalse();
            JsonNode presences = chunk(with).path("presences");
            assertThat(presences).hasSize(1);
            assertThat(presences.get(0).path("user").path("id").asText()).isEqualTo(other.id());
            assertThat(presences.get(0).path("status").asText()).isEqualTo("online");
        }
    }

    @Test
    void allMembersComeWithTheIntentOnly() {
        try (GatewayClient without = ready(PLAIN);
                GatewayClient with = ready(MEMBERS)) {
            without.send(8, request().put("query", "").put("limit", 0));
            without.send(8, request().put("user_ids", other.id()).put("nonce", "next"));
            with.send(8, request().put("query", "").put("limit", 0));

            assertThat(chunk(without).path("nonce").asText()).isEqualTo("next");
            assertThat(ids(chunk(with))).containsExactlyInAnyOrder(asking.id(), other.id());
        }
    }

    private GatewayClient ready(long intents) {
        return GatewayClient.ready(cloud.gatewayUrl(), asking.token(), intents);
    }

    private ObjectNode request() {
        return Json.object().put("guild_id", place.guildId()).put("limit", 10);
    }

    private static JsonNode chunk(GatewayClient client) {
        return client.awaitDispatch("GUILD_MEMBERS_CHUNK").path("d");
    }

    private static List<String> ids(JsonNode chunk) {
        return chunk.path("members").findValuesAsText("id");
    }
}
