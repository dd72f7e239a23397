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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes of channels, who may see them, and who types there. */
@ExtendWith(LocalCloudExtension.class)
class ChannelApiTest {

    private static final long KICK_MEMBERS = 1 << 1;
    private static final long MANAGE_CHANNELS = 1 << 4;
    private static final long VIEW_CHANNEL = 1 << 10;
    private static final long SEND_MESSAGES = 1 << 11;
    private static final long MANAGE_ROLES = 1 << 28;
    private static final int ROLE = 0;
    private static final int MEMBER = 1;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person deputy;
    private Person member;
    private Person stranger;
    private Place place;

    ChannelApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        deputy = people.user();
        member = people.user();
        stranger = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(deputy, member));
    }

    @Test
    void aChannelIsChangedFieldByField() {
        // Given
        String category = create(Map.of("name", "rooms", "type", 4));
        ObjectNode form = Json.object()
                .put("name", "weather")
                .put("topic", "rain")
                .put("position", 7)
                .put("nsfw", true)
                .put("rate_limit_per_user", 5)
                .put("parent_id", category);

        // When
        JsonNode changed = patch(owner, form).expect(200);
        JsonNode cleared = patch(owner, Json.object().putNull("topic").putNull("parent_id"))
                .expect(200);

        // Then
        form.properties()
                .forEach(field -> assertThat(changed.get(field.getKey())).isEqualTo(field.getValue()));
        assertThat(cleared.path("topic").isNull()).isTrue();
        assertThat(cleared.path("parent_id").isNull()).isTrue();
        assertThat(cleared.path("name").asText()).isEqualTo("weather");
        assertThat(rest.get(channel(), member.token()).expect(200)).isEqualTo(cleared);
    }

    @Test
    void aWrongFormIsRefused() {
        assertThat(code(patch(owner, Json.object().put("name", "")), 400)).isEqualTo(50035);
        assertThat(code(patch(owner, Json.object().put("type", 4)), 400)).isEqualTo(50035);
        assertThat(code(patch(owner, Json.object().put("parent_id", place.channelId())), 400))
                .isEqualTo(50035);
        assertThat(code(patch(owner, Json.object().put("rate_limit_per_user", 21_601)), 400))
                .isEqualTo(50035);
        assertThat(code(put(owner, place.guildId(), Map.of("allow", "everything")), 400))
                .isEqualTo(50035);
        assertThat(code(put(owner, place.guildId(), Map.of("type", 2)), 400)).isEqualTo(50035);
    }

    @Test
    void onlyWhoManagesChannelsChangesThem() {
        ObjectNode form = Json.object().put("name", "mine");

        assertThat(code(patch(member, form), 403)).isEqualTo(50013);
        assertThat(code(rest.send("DELETE", channel(), member.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(patch(stranger, form), 404)).isEqualTo(10003);
        assertThat(code(rest.send("DELETE", channel(), stranger.token(), null), 404))
                .isEqualTo(10003);

        giveRole(MANAGE_CHANNELS);

        assertThat(patch(deputy, form).status()).isEqualTo(200);
        ObjectNode closed = Json.object();
        closed.putArray("permission_overwrites").add(overwrite(place.guildId(), ROLE, 0, VIEW_CHANNEL));
        assertThat(code(patch(deputy, closed), 403))
                .as("that needs MANAGE_ROLES")
                .isEqualTo(50013);
    }

    @Test
    void anOverwriteClosesAChannelAndIsTakenAway() {
        // When
        put(owner, place.guildId(), Map.of("type", 0, "deny", Long.toString(VIEW_CHANNEL)))
                .expect(204);

        // Then
        assertThat(code(rest.get(channel(), member.token()), 403)).isEqualTo(50001);
        put(owner, member.id(), Map.of("type", 1, "allow", Long.toString(VIEW_CHANNEL)))
                .expect(204);
        assertThat(rest.get(channel(), member.token()).expect(200).path("permission_overwrites"))
                .containsExactlyInAnyOrder(
                        overwrite(place.guildId(), ROLE, 0, VIEW_CHANNEL),
                        overwrite(member.id(), MEMBER, VIEW_CHANNEL, 0));
        unset(owner, member.id()).expect(204);
        assertThat(code(rest.get(channel(), member.token()), 403)).isEqualTo(50001);
        unset(owner, place.guildId()).expect(204);
        assertThat(rest.get(channel(), member.token()).expect(200).path("permission_overwrites"))
                .isEmpty();
        assertThat(code(unset(owner, place.guildId()), 404)).isEqualTo(10009);
    }

    @Test
    void theOverwritesOfAListReplaceTheOthers() {
        // Given
        put(owner, place.guildId(), Map.of("type", 0, "deny", Long.toString(VIEW_CHANNEL)))
                .expect(204);
        ObjectNode form = Json.object();
        form.putArray("permission_overwrites").add(overwrite(member.id(), MEMBER, 0, SEND_MESSAGES));

        // When
        JsonNode changed = patch(owner, form).expect(200);

        // Then
        assertThat(changed.path("permission_overwrites")).isEqualTo(form.path("permission_overwrites"));
        assertThat(code(rest.post(channel() + "/messages", member.token(), Map.of("content", "x")), 403))
                .isEqualTo(50013);
    }

    @Test
    void anOverwriteIsAboutARoleOrAMemberOfTheGuild() {
        assertThat(code(put(owner, stranger.id(), Map.of("type", 1)), 404)).isEqualTo(10009);
        assertThat(code(put(owner, "1", Map.of("type", 0)), 404)).isEqualTo(10009);
        assertThat(code(put(owner, place.guildId(), Map.of("type", 1)), 404)).isEqualTo(10009);
        assertThat(code(put(stranger, member.id(), Map.of("type", 1)), 404)).isEqualTo(10003);
        assertThat(code(put(member, member.id(), Map.of("type", 1)), 403)).isEqualTo(50013);
        assertThat(code(unset(member, member.id()), 403)).isEqualTo(50013);
    }

    @Test
    void whoManagesRolesAllowsAndDeniesOnlyWhatTheyHave() {
        // Given
        giveRole(MANAGE_ROLES);

        // Then
        assertThat(put(deputy, member.id(), Map.of("type", 1, "deny", Long.toString(SEND_MESSAGES)))
                        .status())
                .isEqualTo(204);
        assertThat(code(put(deputy, member.id(), Map.of("type", 1, "allow", Long.toString(KICK_MEMBERS))), 403))
                .isEqualTo(50013);
        assertThat(code(put(deputy, member.id(), Map.of("type", 1, "deny", Long.toString(KICK_MEMBERS))), 403))
                .isEqualTo(50013);
        assertThat(code(put(deputy, deputy.id(), Map.of("type", 1, "allow", Long.toString(MANAGE_ROLES))), 403))
                .as("only administrators let others manage the permissions of a channel")
                .isEqualTo(50013);

        put(owner, deputy.id(), Map.of("type", 1, "allow", Long.toString(MANAGE_ROLES)))
                .expect(204);

        assertThat(put(deputy, member.id(), Map.of("type", 1, "allow", Long.toString(KICK_MEMBERS)))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aDeletedChannelIsGoneAndThoseOfACategoryStay() {
        // Given
        String category = create(Map.of("name", "rooms", "type", 4));
        String room = create(Map.of("name", "room", "parent_id", category));
        people.say(owner, room, "hello");

        // When
        JsonNode deleted = rest.send("DELETE", "/channels/" + category, owner.token(), null)
                .expect(200);

        // Then
        assertThat(deleted.path("id").asText()).isEqualTo(category);
        JsonNode left = rest.get("/channels/" + room, owner.token()).expect(200);
        assertThat(left.path("parent_id").isNull()).isTrue();
        rest.send("DELETE", "/channels/" + room, owner.token(), null).expect(200);
        assertThat(code(rest.get("/channels/" + room, owner.token()), 404)).isEqualTo(10003);
    }

    @Test
    void aDirectMessageChannelIsNotChanged() {
        String direct = "/channels/"
                + rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                        .expect(200)
                        .path("id")
                        .asText();

        assertThat(code(rest.send("PATCH", direct, owner.token(), Map.of("name", "ours")), 403))
                .isEqualTo(50003);
        assertThat(code(rest.send("PUT", direct + "/permissions/" + member.id(), owner.token(), Map.of()), 403))
                .isEqualTo(50003);
    }

    @Test
    void thoseWhoSeeTheChannelSeeWhoTypes() {
        // Given
        long before = Instant.now().getEpochSecond();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1 | 1 << 11)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            rest.post(channel() + "/typing", owner.token(), null).expect(204);

            // Then
            JsonNode typing = client.awaitDispatch("TYPING_START").path("d");
            assertThat(typing.path("channel_id").asText()).isEqualTo(place.channelId());
            assertThat(typing.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(typing.path("user_id").asText()).isEqualTo(owner.id());
            assertThat(typing.path("timestamp").asLong()).isGreaterThanOrEqualTo(before);
            assertThat(typing.at("/member/user/id").asText()).isEqualTo(owner.id());
        }
    }

    @Test
    void whoMayNotSendDoesNotType() {
        put(owner, member.id(), Map.of("type", 1, "deny", Long.toString(SEND_MESSAGES)))
                .expect(204);

        assertThat(code(rest.post(channel() + "/typing", member.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(rest.post(channel() + "/typing", stranger.token(), null), 404))
                .isEqualTo(10003);
    }

    @Test
    void typingInADirectMessageNamesNoGuild() {
        // Given
        String direct = rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                .expect(200)
                .path("id")
                .asText();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1 << 14)) {

            // When
            Reply reply = rest.post("/channels/" + direct + "/typing", owner.token(), null);

            // Then
            reply.expect(204);
            assertThat(reply.headers().firstValue("x-ratelimit-bucket")).hasValue("TYPING");
            JsonNode typing = client.awaitDispatch("TYPING_START").path("d");
            assertThat(typing.path("channel_id").asText()).isEqualTo(direct);
            assertThat(typing.has("guild_id")).isFalse();
            assertThat(typing.has("member")).isFalse();
        }
    }

    private String create(Map<String, ?> draft) {
        return rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), draft)
                .expect(201)
                .path("id")
                .asText();
    }

    private Reply patch(Person who, ObjectNode form) {
        return rest.send("PATCH", channel(), who.token(), form);
    }

    private Reply put(Person who, String targetId, Map<String, ?> form) {
        return rest.send("PUT", channel() + "/permissions/" + targetId, who.token(), form);
    }

    private Reply unset(Person who, String targetId) {
        return rest.send("DELETE", channel() + "/permissions/" + targetId, who.token(), null);
    }

    private void giveRole(long permissions) {
        String guild = "/guilds/" + place.guildId();
        String role = rest.post(guild + "/roles", owner.token(), Map.of("permissions", Long.toString(permissions)))
                .expect(200)
                .path("id")
                .asText();
        rest.send("PUT", guild + "/members/" + deputy.id() + "/roles/" + role, owner.token(), null)
                .expect(204);
    }

    private String channel() {
        return "/channels/" + place.channelId();
    }

    private static ObjectNode overwrite(String id, int type, long allow, long deny) {
        return Json.object()
                .put("id", id)
                .put("type", type)
                .put("allow", Long.toString(allow))
                .put("deny", Long.toString(deny));
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
