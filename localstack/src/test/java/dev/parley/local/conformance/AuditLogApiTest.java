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
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a guild's audit log says, to whom, and which part of it is asked for. */
@ExtendWith(LocalCloudExtension.class)
class AuditLogApiTest {

    /** Discord documentation, "Audit Log Events". */
    private static final int MEMBER_ROLE_UPDATE = 25;

    private static final long VIEW_AUDIT_LOG = 1 << 7;

    /** GUILDS and GUILD_MODERATION. */
    private static final long INTENTS = 1 | 1 << 2;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    AuditLogApiTest(LocalCloud cloud) {
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
    void everyActionOnAGuildHasItsEntry() {
        // When
        String role = rest.post(guild() + "/roles", owner.token(), Map.of("name", "helpers"))
                .expect(200)
                .path("id")
                .asText();
        patch(guild() + "/roles/" + role, Map.of("name", "helper", "hoist", true));
        rest.send("PUT", memberPath() + "/roles/" + role, owner.token(), null).expect(204);
        patch(memberPath(), Map.of("nick", "Nick", "roles", List.of()));
        rest.send("DELETE", guild() + "/roles/" + role, owner.token(), null).expect(204);
        String channel = rest.post(guild() + "/channels", owner.token(), Map.of("name", "room", "topic", "weather"))
                .expect(201)
                .path("id")
                .asText();
        patch("/channels/" + channel, Map.of("name", "rooms"));
        String overwrite = "/channels/" + channel + "/permissions/" + place.guildId();
        rest.send("PUT", overwrite, owner.token(), Map.of("type", 0, "deny", "1024"))
                .expect(204);
        rest.send("PUT", overwrite, owner.token(), Map.of("type", 0, "deny", "2048"))
                .expect(204);
        rest.send("DELETE", overwrite, owner.token(), null).expect(204);
        rest.send("DELETE", "/channels/" + channel, owner.token(), null).expect(200);
        patch(guild(), Map.of("name", "another name"));
        Person bot = people.bot(owner, place);
        rest.send("DELETE", memberPath(), owner.token(), null).expect(204);

        // Then
        JsonNode log = log(owner, "?limit=100");
        List<String> actions = new ArrayList<>();
        log.path("audit_log_entries")
                .forEach(entry -> actions.addFirst(entry.path("action_type").asText()));
        assertThat(actions)
                .filteredOn(action -> !action.equals("40"))
                .containsExactly(
                        "30", "31", "25", "24", "25", "32", "10", "11", "13", "14", "15", "12", "1", "28", "20");
        assertThat(log.path("users").findValuesAsText("id"))
                .containsExactlyInAnyOrder(owner.id(), member.id(), bot.id());
        for (String list : List.of(
                "application_commands",
                "auto_moderation_rules",
                "guild_scheduled_events",
                "integrations",
                "threads",
                "webhooks")) {
            assertThat(log.path(list).isArray()).as(list).isTrue();
        }
        assertThat(only("31").path("target_id").asText()).isEqualTo(role);
        assertThat(only("31").path("changes")).containsExactly(change("name", "helpers", "helper"), hoisted());
        assertThat(log(owner, "?action_type=25").at("/audit_log_entries/1/changes"))
                .isEqualTo(Json.parse(
                        "[{\"key\":\"$add\",\"new_value\":[{\"id\":\"" + role + "\",\"name\":\"helper\"}]}]"));
        assertThat(only("24").path("changes").get(0).path("new_value").asText()).isEqualTo("Nick");
        assertThat(only("13").path("options"))
                .isEqualTo(Json.object()
                        .put("id", place.guildId())
                        .put("type", "0")
                        .put("role_name", "@everyone"));
        assertThat(only("14").path("changes")).containsExactly(change("deny", "1024", "2048"));
        assertThat(only("14").path("target_id").asText()).isEqualTo(channel);
        assertThat(only("1").path("changes")).containsExactly(change("name", "a guild", "another name"));
        assertThat(only("28").path("target_id").asText()).isEqualTo(bot.id());
        assertThat(only("20").path("target_id").asText()).isEqualTo(member.id());
    }

    @Test
    void theReasonIsKeptDecodedAndCut() {
        String channel = "/channels/" + place.channelId();
        rest.sendBecause("sp%C3%A4t%20%2B%20laut", "PATCH", channel, owner.token(), Map.of("topic", "a"))
                .expect(200);
        assertThat(newest().path("reason").asText()).isEqualTo("spät + laut");

        rest.sendBecause("x".repeat(513), "PATCH", channel, owner.token(), Map.of("topic", "b"))
                .expect(200);
        assertThat(newest().path("reason").asText()).isEqualTo("x".repeat(512));

        patch(channel, Map.of("topic", "c"));
        assertThat(newest().has("reason")).isFalse();
    }

    @Test
    void whatChangesNothingHasNoEntry() {
        String before = newest().path("id").asText();

        patch("/channels/" + place.channelId(), Map.of("name", "general"));
        patch(guild(), Map.of("name", "a guild"));

        assertThat(newest().path("id").asText()).isEqualTo(before);
    }

    @Test
    void onlyWhoMayReadTheLogReadsAndHearsOfIt() {
        // Given
        Person auditor = people.user();
        people.join(place, owner, List.of(auditor));
        String role = rest.post(guild() + "/roles", owner.token(), Map.of("permissions", Long.toString(VIEW_AUDIT_LOG)))
                .expect(200)
                .path("id")
                .asText();
        rest.send("PUT", guild() + "/members/" + auditor.id() + "/roles/" + role, owner.token(), null)
                .expect(204);
        try (GatewayClient hears = GatewayClient.ready(cloud.gatewayUrl(), auditor.token(), INTENTS);
                GatewayClient deaf = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            hears.awaitDispatch("GUILD_CREATE");
            deaf.awaitDispatch("GUILD_CREATE");

            // When
            rest.sendBecause("why%20not", "PATCH", guild(), owner.token(), Map.of("name", "renamed"))
                    .expect(200);
            patch("/channels/" + place.channelId(), Map.of("topic", "after"));

            // Then: what was done before, such as giving the role, may still be on its way when a session begins
            JsonNode entry;
            do {
                entry = hears.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            } while (entry.path("action_type").asInt() == MEMBER_ROLE_UPDATE);
            assertThat(entry.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(entry.path("action_type").asInt()).isEqualTo(1);
            assertThat(entry.path("user_id").asText()).isEqualTo(owner.id());
            assertThat(entry.path("reason").asText()).isEqualTo("why not");
            List<String> heard = new ArrayList<>();
            JsonNode frame;
            do {
                frame = deaf.next();
                heard.add(frame.path("t").asText());
            } while (!frame.path("t").asText().equals("CHANNEL_UPDATE"));
            assertThat(heard).endsWith("GUILD_UPDATE", "CHANNEL_UPDATE").doesNotContain("GUILD_AUDIT_LOG_ENTRY_CREATE");
        }
        assertThat(log(auditor, "").path("audit_log_entries")).isNotEmpty();
        assertThat(code(rest.get(path(""), member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.get(path(""), people.user().token()), 404)).isEqualTo(10004);
    }

    @Test
    void aPageIsBeforeOrAfterAnEntry() {
        // Given
        for (String topic : List.of("a", "b", "c", "d")) {
            patch("/channels/" + place.channelId(), Map.of("topic", topic));
        }
        List<String> ids = ids("?action_type=11");
        assertThat(ids).hasSize(4).isSortedAccordingTo((a, b) -> b.compareTo(a));

        // Then
        assertThat(ids("?action_type=11&limit=2")).isEqualTo(ids.subList(0, 2));
        assertThat(ids("?action_type=11&before=" + ids.get(1))).isEqualTo(ids.subList(2, 4));
        assertThat(ids("?action_type=11&limit=2&after=" + ids.get(3))).containsExactly(ids.get(2), ids.get(1));
        assertThat(ids("?user_id=" + member.id())).isEmpty();
        assertThat(ids("?target_id=" + place.channelId())).isEqualTo(ids);
        for (String wrong : List.of("?limit=0", "?limit=101", "?limit=x", "?before=x", "?action_type=x")) {
            assertThat(code(rest.get(path(wrong), owner.token()), 400)).isEqualTo(50035);
        }
    }

    private JsonNode newest() {
        return log(owner, "?limit=1").at("/audit_log_entries/0");
    }

    private JsonNode only(String action) {
        JsonNode entries = log(owner, "?action_type=" + action).path("audit_log_entries");
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private List<String> ids(String query) {
        return log(owner, query).path("audit_log_entries").findValuesAsText("id");
    }

    private JsonNode log(Person reader, String query) {
        return rest.get(path(query), reader.token()).expect(200);
    }

    private void patch(String path, Map<String, ?> form) {
        rest.send("PATCH", path, owner.token(), form).expect(200);
    }

    private String guild() {
        return "/guilds/" + place.guildId();
    }

    private String memberPath() {
        return guild() + "/members/" + member.id();
    }

    private String path(String query) {
        return guild() + "/audit-logs" + query;
    }

    private static JsonNode change(String key, String before, String after) {
        return Json.object().put("key", key).put("old_value", before).put("new_value", after);
    }

    private static JsonNode hoisted() {
        return Json.object().put("key", "hoist").put("old_value", false).put("new_value", true);
    }

    private static int code(RestClient.Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
