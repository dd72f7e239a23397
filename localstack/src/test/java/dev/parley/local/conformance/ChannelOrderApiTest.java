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
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The order of channels, and their kinds. */
@ExtendWith(LocalCloudExtension.class)
class ChannelOrderApiTest {

    private static final long MANAGE_CHANNELS = 1 << 4;
    private static final long VIEW_CHANNEL = 1 << 10;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;
    private String category;
    private String room;

    ChannelOrderApiTest(LocalCloud cloud) {
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
        category = create(Map.of("name", "rooms", "type", 4));
        room = create(Map.of("name", "room"));
    }

    @Test
    void channelsChangePlacesAndThoseWhoSeeThemHearOfEach() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            move(
                            owner,
                            Map.of("id", room, "position", 0, "parent_id", category),
                            Map.of("id", place.channelId(), "position", 5),
                            Map.of("id", category, "position", 1))
                    .expect(204);

            // Then
            JsonNode first = client.awaitDispatch("CHANNEL_UPDATE").path("d");
            assertThat(first.path("id").asText()).isEqualTo(room);
            assertThat(first.path("parent_id").asText()).isEqualTo(category);
            JsonNode second = client.awaitDispatch("CHANNEL_UPDATE").path("d");
            assertThat(second.path("id").asText()).isEqualTo(place.channelId());
            assertThat(second.path("position").asInt()).isEqualTo(5);
        }
        JsonNode all = rest.get(channels(), member.token()).expect(200);
        assertThat(all.findValuesAsText("id")).containsExactly(room, category, place.channelId());
    }

    @Test
    void aChannelLeavesItsCategory() {
        move(owner, Map.of("id", room, "parent_id", category)).expect(204);
        ObjectNode out = Json.object().put("id", room).putNull("parent_id");

        rest.send("PATCH", channels(), owner.token(), List.of(out)).expect(204);

        assertThat(channel(room).path("parent_id").isNull()).isTrue();
    }

    @Test
    void aChannelTakesTheOverwritesOfTheCategoryThatItMovesTo() {
        // Given
        rest.send(
                        "PUT",
                        "/channels/" + category + "/permissions/" + member.id(),
                        owner.token(),
                        Map.of("type", 1, "deny", Long.toString(VIEW_CHANNEL)))
                .expect(204);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            move(owner, Map.of("id", room, "parent_id", category, "lock_permissions", true))
                    .expect(204);

            // Then
            assertThat(client.awaitDispatch("CHANNEL_DELETE").at("/d/id").asText())
                    .isEqualTo(room);
        }
        assertThat(channel(room).path("permission_overwrites"))
                .isEqualTo(channel(category).path("permission_overwrites"));
        assertThat(code(rest.get("/channels/" + room, member.token()), 403)).isEqualTo(50001);
    }

    @Test
    void onlyWhoManagesChannelsMovesThemAndOnlyWhoManagesRolesLocksThem() {
        assertThat(code(move(member, Map.of("id", room, "position", 0)), 403)).isEqualTo(50013);
        String role = rest.post(
                        "/guilds/" + place.guildId() + "/roles",
                        owner.token(),
                        Map.of("permissions", Long.toString(MANAGE_CHANNELS)))
                .expect(200)
                .path("id")
                .asText();
        rest.send(
                        "PUT",
                        "/guilds/" + place.guildId() + "/members/" + member.id() + "/roles/" + role,
                        owner.token(),
                        null)
                .expect(204);
        rest.send(
                        "PUT",
                        "/channels/" + category + "/permissions/" + member.id(),
                        owner.token(),
                        Map.of("type", 1, "allow", Long.toString(VIEW_CHANNEL)))
                .expect(204);

        assertThat(move(member, Map.of("id", room, "position", 0)).status()).isEqualTo(204);
        assertThat(code(move(member, Map.of("id", room, "parent_id", category, "lock_permissions", true)), 403))
                .isEqualTo(50013);
        assertThat(channel(room).path("parent_id").isNull()).as("all or none").isTrue();
        assertThat(code(move(people.user(), Map.of("id", room, "position", 0)), 404))
                .isEqualTo(10004);
    }

    @Test
    void wrongListsAreRefused() {
        String elsewhere = people.guild(owner).channelId();

        assertThat(code(move(owner, Map.of("id", room, "parent_id", place.channelId())), 400))
                .isEqualTo(50035);
        assertThat(code(move(owner, Map.of("id", category, "parent_id", category)), 400))
                .isEqualTo(50035);
        assertThat(code(move(owner, Map.of("id", room, "position", -1)), 400)).isEqualTo(50035);
        assertThat(code(move(owner, Map.of("position", 1)), 400)).isEqualTo(50035);
        assertThat(code(move(owner, Map.of("id", room), Map.of("id", room)), 400))
                .isEqualTo(50035);
        assertThat(code(rest.send("PATCH", channels(), owner.token(), Map.of("id", room)), 400))
                .isEqualTo(50035);
        assertThat(code(move(owner, Map.of("id", elsewhere, "position", 1)), 404))
                .isEqualTo(10003);
    }

    @Test
    void aTextChannelBecomesAnAnnouncementChannelAndBack() {
        assertThat(patch(room, Map.of("type", 5)).expect(200).path("type").asInt())
                .isEqualTo(5);
        assertThat(channel(room).path("type").asInt()).isEqualTo(5);
        assertThat(patch(room, Map.of("type", 0)).expect(200).path("type").asInt(-1))
                .isZero();
        assertThat(code(patch(room, Map.of("type", 4)), 400)).isEqualTo(50035);
        assertThat(code(patch(category, Map.of("type", 5)), 400)).isEqualTo(50035);
        assertThat(code(rest.post(channels(), owner.token(), Map.of("name", "forum", "type", 15)), 400))
                .isEqualTo(50035);
    }

    @Test
    void aChannelSaysWhatItsThreadsBeginWith() {
        // When
        JsonNode changed = patch(
                        room, Map.of("default_auto_archive_duration", 60, "default_thread_rate_limit_per_user", 30))
                .expect(200);

        // Then
        assertThat(changed.path("default_auto_archive_duration").asInt()).isEqualTo(60);
        assertThat(changed.path("default_thread_rate_limit_per_user").asInt()).isEqualTo(30);
        JsonNode thread = rest.post("/channels/" + room + "/threads", owner.token(), Map.of("name", "x"))
                .expect(201);
        assertThat(thread.at("/thread_metadata/auto_archive_duration").asInt()).isEqualTo(60);
        assertThat(thread.path("rate_limit_per_user").asInt()).isEqualTo(30);
        assertThat(code(patch(room, Map.of("default_auto_archive_duration", 61)), 400))
                .isEqualTo(50035);
        assertThat(code(patch(room, Map.of("default_thread_rate_limit_per_user", 21_601)), 400))
                .isEqualTo(50035);
        ObjectNode none = Json.object().putNull("default_auto_archive_duration");
        assertThat(rest.send("PATCH", "/channels/" + room, owner.token(), none)
                        .expect(200)
                        .has("default_auto_archive_duration"))
                .isFalse();
    }

    private Reply move(Person who, Map<?, ?>... positions) {
        return rest.send("PATCH", channels(), who.token(), List.of(positions));
    }

    private Reply patch(String channelId, Map<String, ?> form) {
        return rest.send("PATCH", "/channels/" + channelId, owner.token(), form);
    }

    private JsonNode channel(String channelId) {
        return rest.get("/channels/" + channelId, owner.token()).expect(200);
    }

    private String create(Map<String, ?> draft) {
        return rest.post(channels(), owner.token(), draft)
                .expect(201)
                .path("id")
                .asText();
    }

    private String channels() {
        return "/guilds/" + place.guildId() + "/channels";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
