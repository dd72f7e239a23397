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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a guild is set to, and the smaller pages about it. */
@ExtendWith(LocalCloudExtension.class)
class GuildSettingsApiTest {

    private static final long GUILDS_AND_INTEGRATIONS = 1 | 1 << 4;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    GuildSettingsApiTest(LocalCloud cloud) {
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
    void everySettingIsKeptToldAndLogged() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1)) {
            client.awaitDispatch("GUILD_CREATE");
            Map<String, Object> form = Map.ofEntries(
                    Map.entry("name", "another name"),
                    Map.entry("description", "what we do"),
                    Map.entry("verification_level", 2),
                    Map.entry("default_message_notifications", 1),
                    Map.entry("explicit_content_filter", 2),
                    Map.entry("preferred_locale", "de"),
                    Map.entry("afk_timeout", 900),
                    Map.entry("system_channel_flags", 3),
                    Map.entry("rules_channel_id", place.channelId()),
                    Map.entry("public_updates_channel_id", place.channelId()),
                    Map.entry("premium_progress_bar_enabled", true));

            // When
            JsonNode changed = patch(Json.tree(form)).expect(200);

            // Then
            form.forEach(
                    (field, value) -> assertThat(changed.path(field)).as(field).isEqualTo(Json.tree(value)));
            assertThat(client.awaitDispatch("GUILD_UPDATE").path("d")).isEqualTo(changed);
            assertThat(rest.get(guild(), member.token()).expect(200)).isEqualTo(changed);
            JsonNode entry = rest.get(guild() + "/audit-logs?action_type=1", owner.token())
                    .expect(200)
                    .at("/audit_log_entries/0");
            assertThat(entry.path("changes").findValuesAsText("key"))
                    .containsExactlyInAnyOrderElementsOf(form.keySet());

            // When
            JsonNode reset = patch(Json.parse("""
                            {"description": null, "verification_level": null, "rules_channel_id": null,
                             "system_channel_id": null, "afk_timeout": null, "preferred_locale": null, "icon": null}
                            """)).expect(200);

            // Then
            assertThat(reset.path("description").isNull()).isTrue();
            assertThat(reset.path("verification_level").asInt(-1)).isZero();
            assertThat(reset.path("rules_channel_id").isNull()).isTrue();
            assertThat(reset.path("system_channel_id").isNull()).isTrue();
            assertThat(reset.path("afk_timeout").asInt()).isEqualTo(300);
            assertThat(reset.path("preferred_locale").asText()).isEqualTo("en-US");
            assertThat(reset.path("name").asText()).isEqualTo("another name");
        }
    }

    @Test
    void aWrongSettingIsRefused() {
        Place other = people.guild(owner);
        for (String wrong : List.of(
                "{\"name\": \"x\"}",
                "{\"name\": \"" + "x".repeat(101) + "\"}",
                "{\"description\": \"" + "x".repeat(301) + "\"}",
                "{\"verification_level\": 5}",
                "{\"default_message_notifications\": 2}",
                "{\"explicit_content_filter\": -1}",
                "{\"afk_timeout\": 61}",
                "{\"preferred_locale\": \"xx\"}",
                "{\"system_channel_flags\": 64}",
                "{\"afk_channel_id\": \"1\"}",
                "{\"system_channel_id\": \"" + other.channelId() + "\"}",
                "{\"rules_channel_id\": \"1\"}")) {
            assertThat(code(patch(Json.parse(wrong)), 400)).as(wrong).isEqualTo(50035);
        }
        assertThat(code(rest.send("PATCH", guild(), member.token(), Map.of("description", "mine")), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("PATCH", guild(), people.user().token(), Map.of("description", "mine")), 404))
                .isEqualTo(10004);
    }

    @Test
    void aDeletedChannelIsTakenFromTheSettings() {
        // Given
        String rules = rest.post(guild() + "/channels", owner.token(), Map.of("name", "rules"))
                .expect(201)
                .path("id")
                .asText();
        patch(Json.tree(Map.of("rules_channel_id", rules, "system_channel_id", rules)))
                .expect(200);

        // When
        rest.send("DELETE", "/channels/" + rules, owner.token(), null).expect(200);

        // Then
        JsonNode now = rest.get(guild(), owner.token()).expect(200);
        assertThat(now.path("rules_channel_id").isNull()).isTrue();
        assertThat(now.path("system_channel_id").isNull()).isTrue();
    }

    @Test
    void onlyTheOwnerGivesTheGuildAway() {
        assertThat(code(rest.send("PATCH", guild(), member.token(), Map.of("owner_id", member.id())), 403))
                .isEqualTo(50013);
        assertThat(patch(Json.tree(Map.of("owner_id", member.id())))
                        .expect(200)
                        .path("owner_id")
                        .asText())
                .isEqualTo(member.id());
    }

    @Test
    void aGuildIsCountedWhenItIsAsked() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode plain = rest.get(guild(), owner.token()).expect(200);
            JsonNode counted =
                    rest.get(guild() + "?with_counts=true", owner.token()).expect(200);
            JsonNode preview = rest.get(guild() + "/preview", owner.token()).expect(200);

            // Then
            assertThat(plain.has("approximate_member_count")).isFalse();
            assertThat(counted.path("approximate_member_count").asInt()).isEqualTo(2);
            assertThat(counted.path("approximate_presence_count").asInt()).isEqualTo(1);
            assertThat(preview.path("approximate_member_count").asInt()).isEqualTo(2);
            assertThat(preview.path("name").asText()).isEqualTo("a guild");
            assertThat(preview.has("owner_id")).isFalse();
        }
        assertThat(code(rest.get(guild() + "/preview", people.user().token()), 404))
                .isEqualTo(10004);
    }

    @Test
    void aRoleIsReadAndItsMembersAreCounted() {
        // Given
        String held = role();
        String idle = role();
        rest.send("PUT", guild() + "/members/" + member.id() + "/roles/" + held, owner.token(), null)
                .expect(204);

        // Then
        assertThat(rest.get(guild() + "/roles/" + held, member.token())
                        .expect(200)
                        .path("id")
                        .asText())
                .isEqualTo(held);
        assertThat(rest.get(guild() + "/roles/member-counts", member.token()).expect(200))
                .isEqualTo(Json.object().put(held, 1).put(idle, 0));
        assertThat(code(rest.get(guild() + "/roles/1", member.token()), 404)).isEqualTo(10011);
        Place other = people.guild(owner);
        assertThat(code(rest.get("/guilds/" + other.guildId() + "/roles/" + held, owner.token()), 404))
                .isEqualTo(10011);
    }

    @Test
    void theBotsOfAGuildAreItsIntegrations() {
        // Given
        Person bot = people.bot(owner, place);
        JsonNode listed = rest.get(guild() + "/integrations", owner.token()).expect(200);
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/type").asText()).isEqualTo("discord");
        assertThat(listed.at("/0/application/id").asText()).isEqualTo(bot.id());
        assertThat(code(rest.get(guild() + "/integrations", member.token()), 403))
                .isEqualTo(50013);
        String path = guild() + "/integrations/" + listed.at("/0/id").asText();
        assertThat(code(rest.send("DELETE", path, member.token(), null), 403)).isEqualTo(50013);
        assertThat(code(rest.send("DELETE", guild() + "/integrations/" + member.id(), owner.token(), null), 404))
                .isEqualTo(10005);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), GUILDS_AND_INTEGRATIONS)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            rest.send("DELETE", path, owner.token(), null).expect(204);

            // Then
            client.awaitDispatch("GUILD_ROLE_DELETE");
            assertThat(client.awaitDispatch("GUILD_INTEGRATIONS_UPDATE")
                            .at("/d/guild_id")
                            .asText())
                    .isEqualTo(place.guildId());
        }
        assertThat(rest.get(guild() + "/integrations", owner.token()).expect(200))
                .isEmpty();
        assertThat(code(rest.get(guild(), bot.token()), 404)).isEqualTo(10004);
    }

    @Test
    void theWelcomeScreenIsForMembersOnceItIsEnabled() {
        String path = guild() + "/welcome-screen";
        assertThat(code(rest.get(path, owner.token()), 404)).isEqualTo(10069);

        // When
        JsonNode screen = rest.send("PATCH", path, owner.token(), Json.parse("""
                        {"description": "hello", "welcome_channels":
                          [{"channel_id": "%s", "description": "here", "emoji_name": "👋"}]}
                        """.formatted(place.channelId())))
                .expect(200);

        // Then
        assertThat(screen.path("description").asText()).isEqualTo("hello");
        assertThat(screen.at("/welcome_channels/0/emoji_name").asText()).isEqualTo("👋");
        assertThat(code(rest.get(path, member.token()), 403)).isEqualTo(50013);
        rest.send("PATCH", path, owner.token(), Map.of("enabled", true)).expect(200);
        assertThat(rest.get(path, member.token()).expect(200)).isEqualTo(screen);
        assertThat(rest.get(guild(), member.token()).expect(200).has("welcome_screen"))
                .isFalse();
        assertThat(code(rest.send("PATCH", path, member.token(), Map.of("enabled", false)), 403))
                .isEqualTo(50013);
        for (String wrong : List.of(
                "{\"description\": \"" + "x".repeat(141) + "\"}",
                "{\"welcome_channels\": [{\"channel_id\": \"1\", \"description\": \"x\"}]}",
                "{\"welcome_channels\": [{\"channel_id\": \"" + place.channelId() + "\"}]}",
                "{\"welcome_channels\": [0, 0, 0, 0, 0, 0]}")) {
            assertThat(code(rest.send("PATCH", path, owner.token(), Json.parse(wrong)), 400))
                    .as(wrong)
                    .isEqualTo(50035);
        }
    }

    @Test
    void whatParleyDoesNotHaveIsEmpty() {
        assertThat(rest.get("/voice/regions", member.token()).expect(200)).isEmpty();
        assertThat(rest.get(guild() + "/regions", member.token()).expect(200)).isEmpty();
        assertThat(rest.get(guild() + "/vanity-url", owner.token()).expect(200))
                .isEqualTo(Json.object().putNull("code").put("uses", 0));
        assertThat(code(rest.get(guild() + "/vanity-url", member.token()), 403)).isEqualTo(50013);
        assertThat(rest.get(guild() + "/onboarding", member.token())
                        .expect(200)
                        .path("enabled")
                        .asBoolean())
                .isFalse();
        rest.get(guild() + "/new-member-welcome", member.token()).expect(204);
        assertThat(code(rest.get(guild() + "/regions", people.user().token()), 404))
                .isEqualTo(10004);
    }

    private String role() {
        return rest.post(guild() + "/roles", owner.token(), Map.of())
                .expect(200)
                .path("id")
                .asText();
    }

    private Reply patch(JsonNode form) {
        return rest.send("PATCH", guild(), owner.token(), form);
    }

    private String guild() {
        return "/guilds/" + place.guildId();
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
