package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pinned messages, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class PinApiTest {

    /** GUILDS, GUILD_MODERATION and GUILD_MESSAGES. */
    private static final long INTENTS = 1 | 1 << 2 | 1 << 9;

    private static final long PIN_MESSAGES = 1L << 51;
    private static final long READ_MESSAGE_HISTORY = 1 << 16;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    PinApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
    }

    @Test
    void aPinIsToldInTheChannelAndNoted() {
        // Given
        String id = said(member, "remember this");
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {

            // When
            pin(owner, id).expect(204);
            pin(owner, id).expect(204);

            // Then
            JsonNode pins = client.awaitDispatch("CHANNEL_PINS_UPDATE").path("d");
            assertThat(pins.path("channel_id").asText()).isEqualTo(place.channelId());
            assertThat(pins.path("last_pin_timestamp").isTextual()).isTrue();
            JsonNode update = client.awaitDispatch("MESSAGE_UPDATE").path("d");
            assertThat(update.path("id").asText()).isEqualTo(id);
            assertThat(update.path("pinned").asBoolean()).isTrue();
            JsonNode told = client.awaitDispatch("MESSAGE_CREATE").path("d");
            assertThat(told.path("type").asInt()).isEqualTo(6);
            assertThat(told.at("/author/id").asText()).isEqualTo(owner.id());
            assertThat(told.at("/message_reference/message_id").asText()).isEqualTo(id);
            assertThat(told.has("referenced_message")).isFalse();
            JsonNode entry =
                    client.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(entry.path("action_type").asInt()).isEqualTo(74);
            assertThat(entry.path("target_id").asText()).isEqualTo(member.id());
            assertThat(entry.path("options"))
                    .isEqualTo(
                            Json.object().put("channel_id", place.channelId()).put("message_id", id));

            // When
            rest.send("DELETE", messages() + "/pins/" + id, owner.token(), null).expect(204);

            // Then
            assertThat(client.next().path("d"))
                    .as("nothing came of the second pin")
                    .isEqualTo(Json.object()
                            .put("channel_id", place.channelId())
                            .put("guild_id", place.guildId())
                            .putNull("last_pin_timestamp"));
            assertThat(client.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE")
                            .at("/d/action_type")
                            .asInt())
                    .isEqualTo(75);
        }
        assertThat(rest.get(messages() + "/pins", owner.token()).expect(200).path("items"))
                .isEmpty();
    }

    @Test
    void pinsAreListedTheLatestFirstPageByPage() {
        // Given
        List<String> ids =
                Stream.of("a", "b", "c").map(text -> said(owner, text)).toList();
        ids.forEach(id -> rest.send("PUT", "/channels/" + place.channelId() + "/pins/" + id, owner.token(), null)
                .expect(204));

        // When
        JsonNode first = rest.get(messages() + "/pins?limit=2", member.token()).expect(200);
        String oldest = first.at("/items/1/pinned_at").asText();
        JsonNode second = rest.get(
                        messages() + "/pins?before=" + URLEncoder.encode(oldest, StandardCharsets.UTF_8),
                        member.token())
                .expect(200);

        // Then
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(first.path("items"))
                .extracting(item -> item.at("/message/id").asText())
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(second.path("has_more").asBoolean()).isFalse();
        assertThat(second.path("items"))
                .extracting(item -> item.at("/message/id").asText())
                .containsExactly(ids.get(0));
        assertThat(rest.get("/channels/" + place.channelId() + "/pins", member.token())
                        .expect(200))
                .extracting(message -> message.path("id").asText())
                .containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(code(rest.get(messages() + "/pins?limit=51", member.token()), 400))
                .isEqualTo(50035);
        assertThat(code(rest.get(messages() + "/pins?before=yesterday", member.token()), 400))
                .isEqualTo(50035);
    }

    @Test
    void pinningNeedsAPermission() {
        // Given
        String id = said(member, "mine");
        String told =
                rest.get(messages(), owner.token()).expect(200).at("/0/id").asText();

        // Then
        assertThat(told).isEqualTo(id);
        assertThat(code(pin(member, id), 403)).isEqualTo(50013);
        assertThat(code(pin(owner, "1"), 404)).isEqualTo(10008);
        overwrite(PIN_MESSAGES, 0);
        assertThat(pin(member, id).status()).isEqualTo(204);
        String system =
                rest.get(messages(), owner.token()).expect(200).at("/0/id").asText();
        assertThat(code(pin(owner, system), 403)).as("a message of the system").isEqualTo(50021);
        overwrite(0, READ_MESSAGE_HISTORY);
        assertThat(rest.get(messages() + "/pins", member.token()).expect(200).path("items"))
                .isEmpty();
    }

    private void overwrite(long allow, long deny) {
        rest.send(
                        "PUT",
                        "/channels/" + place.channelId() + "/permissions/" + member.id(),
                        owner.token(),
                        Map.of("type", 1, "allow", Long.toString(allow), "deny", Long.toString(deny)))
                .expect(204);
    }

    private Reply pin(Person who, String id) {
        return rest.send("PUT", messages() + "/pins/" + id, who.token(), null);
    }

    private String said(Person who, String content) {
        return people.say(who, place.channelId(), content).path("id").asText();
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
