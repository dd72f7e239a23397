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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Invites, and who may see, make and delete them. */
@ExtendWith(LocalCloudExtension.class)
class InviteApiTest {

    private static final long MANAGE_CHANNELS = 1 << 4;
    private static final long VIEW_AUDIT_LOG = 1 << 7;

    /** GUILDS, GUILD_INVITES, GUILD_MESSAGES. */
    private static final long INTENTS = 1 | 1 << 6 | 1 << 9;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person deputy;
    private Person member;
    private Place place;

    InviteApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        deputy = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(deputy, member));
    }

    @Test
    void whoManagesTheChannelHearsOfInvitesAndTheOthersDoNot() {
        grant(deputy, MANAGE_CHANNELS);
        try (GatewayClient hears = GatewayClient.ready(cloud.gatewayUrl(), deputy.token(), INTENTS);
                GatewayClient deaf = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            hears.awaitDispatch("GUILD_CREATE");
            deaf.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode invite = make(owner, Map.of("max_uses", 5, "max_age", 600, "temporary", true, "unique", true));
            String code = invite.path("code").asText();
            JsonNode gone = rest.send("DELETE", "/invites/" + code, deputy.token(), null)
                    .expect(200);
            people.say(owner, place.channelId(), "after");

            // Then
            JsonNode created = hears.awaitDispatch("INVITE_CREATE").path("d");
            assertThat(created.path("code").asText()).isEqualTo(code);
            assertThat(created.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(created.path("channel_id").asText()).isEqualTo(place.channelId());
            assertThat(created.path("max_uses").asInt()).isEqualTo(5);
            assertThat(created.path("max_age").asInt()).isEqualTo(600);
            assertThat(created.path("temporary").asBoolean()).isTrue();
            assertThat(created.path("uses").asInt(-1)).isZero();
            assertThat(created.at("/inviter/id").asText()).isEqualTo(owner.id());
            assertThat(hears.awaitDispatch("INVITE_DELETE").path("d"))
                    .isEqualTo(Json.object()
                            .put("channel_id", place.channelId())
                            .put("guild_id", place.guildId())
                            .put("code", code));
            assertThat(gone.path("code").asText()).isEqualTo(code);
            assertThat(gone.has("uses")).isFalse();
            assertThat(deaf.next().path("t").asText()).isEqualTo("MESSAGE_CREATE");
        }
    }

    @Test
    void anInviteSaysWhatItLeadsTo() {
        // Given
        rest.send("PATCH", "/guilds/" + place.guildId(), owner.token(), Map.of("description", "Everybody is welcome"))
                .expect(200);
        JsonNode made = make(owner, Map.of("max_age", 3600));

        // When
        JsonNode plain =
                rest.get("/invites/" + made.path("code").asText(), null).expect(200);
        JsonNode counted = rest.get("/invites/" + made.path("code").asText() + "?with_counts=true", null)
                .expect(200);

        // Then
        assertThat(Duration.between(
                        Instant.parse(made.path("created_at").asText()),
                        Instant.parse(plain.path("expires_at").asText())))
                .isEqualTo(Duration.ofHours(1));
        assertThat(plain.at("/guild/id").asText()).isEqualTo(place.guildId());
        assertThat(plain.at("/guild/description").asText()).isEqualTo("Everybody is welcome");
        assertThat(plain.at("/channel/id").asText()).isEqualTo(place.channelId());
        assertThat(plain.at("/inviter/id").asText()).isEqualTo(owner.id());
        assertThat(plain.has("approximate_member_count")).isFalse();
        assertThat(plain.has("uses")).isFalse();
        assertThat(counted.path("approximate_member_count").asInt()).isEqualTo(3);
        assertThat(counted.path("approximate_presence_count").asInt(-1)).isZero();
        assertThat(code(rest.get("/invites/nothing", null), 404)).isEqualTo(10006);
    }

    @Test
    void theSystemSaysWhoHasJoinedUnlessTheGuildIsSilent() {
        // Given
        Person loud = people.user();
        Person silent = people.user();
        String messages = "/channels/" + place.channelId() + "/messages";
        String code = make(owner, Map.of()).path("code").asText();
        rest.post("/invites/" + code, silent.token(), Map.of()).expect(200);
        rest.send("PATCH", "/guilds/" + place.guildId(), owner.token(), Map.of("system_channel_flags", 0))
                .expect(200);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            rest.post("/invites/" + code, loud.token(), Map.of()).expect(200);

            // Then
            JsonNode told = client.awaitDispatch("MESSAGE_CREATE").path("d");
            assertThat(told.path("type").asInt()).isEqualTo(7);
            assertThat(told.at("/author/id").asText()).isEqualTo(loud.id());
            assertThat(told.at("/member/roles").isArray()).isTrue();
        }
        JsonNode history = rest.get(messages, owner.token()).expect(200);
        assertThat(history).hasSize(1);
        assertThat(history.at("/0/type").asInt()).isEqualTo(7);
        assertThat(history.at("/0/author/id").asText()).isEqualTo(loud.id());
    }

    @Test
    void theSameInviteIsGivenAgainUnlessItIsToBeUnique() {
        JsonNode first = make(owner, Map.of("max_age", 1800));

        assertThat(make(owner, Map.of("max_age", 1800)).path("code")).isEqualTo(first.path("code"));
        assertThat(make(owner, Map.of("max_age", 1800, "unique", true)).path("code"))
                .isNotEqualTo(first.path("code"));
        assertThat(make(deputy, Map.of("max_age", 1800)).path("code")).isNotEqualTo(first.path("code"));
    }

    @Test
    void theLastUseEndsAnInvite() {
        // Given
        String code =
                make(owner, Map.of("max_uses", 1, "unique", true)).path("code").asText();

        // When somebody comes who is in, and then somebody who is not
        JsonNode again = rest.post("/invites/" + code, member.token(), Map.of()).expect(200);
        JsonNode joined =
                rest.post("/invites/" + code, people.user().token(), Map.of()).expect(200);

        // Then
        assertThat(again.path("new_member").asBoolean()).isFalse();
        assertThat(joined.path("new_member").asBoolean()).isTrue();
        assertThat(code(rest.post("/invites/" + code, people.user().token(), Map.of()), 404))
                .isEqualTo(10006);
        assertThat(code(rest.get("/invites/" + code, null), 404)).isEqualTo(10006);
        assertThat(rest.get(ofGuild(), owner.token()).expect(200).findValuesAsText("code"))
                .doesNotContain(code);
    }

    @Test
    void theListsAreForThoseWhoLookAfterTheGuild() {
        // Given
        String code = make(owner, Map.of("max_uses", 9)).path("code").asText();
        String elsewhere = rest.post(
                        "/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "elsewhere"))
                .expect(201)
                .path("id")
                .asText();
        grant(deputy, VIEW_AUDIT_LOG);

        // Then
        JsonNode all = rest.get(ofGuild(), owner.token()).expect(200);
        assertThat(all.findValuesAsText("code")).contains(code);
        assertThat(all.findValuesAsText("max_uses")).contains("9");
        assertThat(rest.get(ofGuild(), deputy.token()).expect(200).findValuesAsText("max_uses"))
                .isEmpty();
        assertThat(code(rest.get(ofGuild(), member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.get(ofGuild(), people.user().token()), 404)).isEqualTo(10004);
        assertThat(rest.get(ofChannel(place.channelId()), owner.token())
                        .expect(200)
                        .findValuesAsText("code"))
                .contains(code);
        assertThat(rest.get(ofChannel(elsewhere), owner.token()).expect(200)).isEmpty();
        assertThat(code(rest.get(ofChannel(place.channelId()), member.token()), 403))
                .isEqualTo(50013);
        assertThat(code(rest.get(ofChannel("1"), owner.token()), 404)).isEqualTo(10003);
    }

    @Test
    void onlyWhoManagesTheChannelOrTheGuildDeletesAnInvite() {
        // Given
        String code = make(member, Map.of()).path("code").asText();

        // Then
        assertThat(code(rest.send("DELETE", "/invites/" + code, member.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("DELETE", "/invites/" + code, people.user().token(), null), 403))
                .isEqualTo(50001);
        rest.sendBecause("too%20many", "DELETE", "/invites/" + code, owner.token(), null)
                .expect(200);
        assertThat(code(rest.send("DELETE", "/invites/" + code, owner.token(), null), 404))
                .isEqualTo(10006);
        JsonNode log = rest.get("/guilds/" + place.guildId() + "/audit-logs?limit=2", owner.token())
                .expect(200)
                .path("audit_log_entries");
        assertThat(log.findValuesAsText("action_type")).containsExactly("42", "40");
        assertThat(log.get(0).path("reason").asText()).isEqualTo("too many");
        assertThat(log.get(0).at("/changes/0"))
                .isEqualTo(Json.object().put("key", "code").put("old_value", code));
        assertThat(log.get(1).path("user_id").asText()).isEqualTo(member.id());
    }

    @Test
    void theLimitsOfAnInviteHold() {
        for (Map<String, ?> wrong : List.<Map<String, ?>>of(
                Map.of("max_uses", 101),
                Map.of("max_uses", -1),
                Map.of("max_age", 604_801),
                Map.of("max_age", "x"),
                Map.of("temporary", 1))) {
            assertThat(code(rest.post(ofChannel(place.channelId()), owner.token(), wrong), 400))
                    .as(wrong.toString())
                    .isEqualTo(50035);
        }
        make(owner, Map.of("max_uses", 100, "max_age", 604_800));
        JsonNode endless = make(owner, Map.of("max_age", 0));
        assertThat(endless.path("expires_at").isNull()).isTrue();
    }

    private JsonNode make(Person host, Map<String, ?> form) {
        return rest.post(ofChannel(place.channelId()), host.token(), form).expect(200);
    }

    private void grant(Person person, long permission) {
        String role = rest.post(
                        "/guilds/" + place.guildId() + "/roles",
                        owner.token(),
                        Map.of("permissions", Long.toString(permission)))
                .expect(200)
                .path("id")
                .asText();
        rest.send(
                        "PUT",
                        "/guilds/" + place.guildId() + "/members/" + person.id() + "/roles/" + role,
                        owner.token(),
                        null)
                .expect(204);
    }

    private String ofGuild() {
        return "/guilds/" + place.guildId() + "/invites";
    }

    private static String ofChannel(String channelId) {
        return "/channels/" + channelId + "/invites";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
