package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.CloudSystem;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of auto moderation and what they do, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class AutoModApiTest {

    private static final Map<String, ?> BLOCK = Map.of("type", 1);
    private static final int CONFIGURATION_AND_EXECUTION = 1 << 20 | 1 << 21;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    AutoModApiTest(LocalCloud cloud) {
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
    void aRuleIsMadeChangedAndRemoved() {
        // When
        JsonNode rule = create(keywords("bad"));

        // Then
        String path = rules() + "/" + rule.path("id").asText();
        assertThat(rule.path("guild_id").asText()).isEqualTo(place.guildId());
        assertThat(rule.path("creator_id").asText()).isEqualTo(owner.id());
        assertThat(rule.path("trigger_metadata").toString())
                .isEqualTo("{\"keyword_filter\":[\"bad\"],\"regex_patterns\":[],\"allow_list\":[]}");
        assertThat(rule.path("actions").toString()).isEqualTo("[{\"type\":1,\"metadata\":{}}]");
        assertThat(rule.path("enabled").asBoolean()).isTrue();
        assertThat(rest.get(path, owner.token()).expect(200)).isEqualTo(rule);
        assertThat(rest.get(rules(), owner.token()).expect(200)).containsExactly(rule);
        JsonNode changed = rest.send(
                        "PATCH",
                        path,
                        owner.token(),
                        Map.of("name", "other", "trigger_metadata", Map.of("allow_list", List.of("badge"))))
                .expect(200);
        assertThat(changed.path("name").asText()).isEqualTo("other");
        assertThat(changed.at("/trigger_metadata/keyword_filter/0").asText()).isEqualTo("bad");
        assertThat(changed.at("/trigger_metadata/allow_list/0").asText()).isEqualTo("badge");
        rest.send("DELETE", path, owner.token(), null).expect(204);
        assertThat(rest.get(rules(), owner.token()).expect(200)).isEmpty();
        assertThat(rest.get(path, owner.token()).status()).isEqualTo(404);
        assertThat(auditActions()).containsExactly(140, 141, 142);
    }

    @Test
    void aMessageWithAKeywordIsBlockedAtOnce() {
        // Given
        String id = create(keywords("bad", "*worse*")).path("id").asText();

        // Then
        Reply blocked = say(member, "this is BAD");
        assertThat(blocked.expect(400).path("code").asInt()).isEqualTo(200000);
        assertThat(blocked.body().path("message").asText()).isEqualTo("Message was blocked by automatic moderation");
        assertThat(say(member, "unworsened").status()).isEqualTo(400);
        assertThat(say(member, "badly said").status()).isEqualTo(200);
        JsonNode history = rest.get(messages(), member.token()).expect(200);
        assertThat(history.findValuesAsText("content")).containsExactly("badly said");

        // When
        rest.send("PATCH", rules() + "/" + id, owner.token(), Map.of("enabled", false))
                .expect(200);

        // Then
        assertThat(say(member, "this is bad").status()).isEqualTo(200);
    }

    @Test
    void aBlockSaysWhatTheRuleWants() {
        Map<String, Object> rule = keywords("bad");
        rule.put("actions", List.of(Map.of("type", 1, "metadata", Map.of("custom_message", "Be nice."))));
        create(rule);

        assertThat(say(member, "bad")
                        .expect(400)
                        .at("/errors/content/_errors/0/message")
                        .asText())
                .isEqualTo("Be nice.");
    }

    @Test
    void whoManagesTheGuildBotsRolesAndChannelsAreExempt() {
        // Given
        Person bot = people.bot(owner, place);
        String role = rest.post("/guilds/" + place.guildId() + "/roles", owner.token(), Map.of())
                .expect(200)
                .path("id")
                .asText();
        String channel = rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "free"))
                .expect(201)
                .path("id")
                .asText();
        Map<String, Object> rule = keywords("bad");
        rule.put("exempt_roles", List.of(role));
        rule.put("exempt_channels", List.of(channel));
        create(rule);

        // Then
        assertThat(say(owner, "bad").status()).isEqualTo(200);
        assertThat(say(bot, "bad").status()).isEqualTo(200);
        assertThat(say(member, "bad").status()).isEqualTo(400);
        people.say(member, channel, "bad");
        rest.send(
                        "PUT",
                        "/guilds/" + place.guildId() + "/members/" + member.id() + "/roles/" + role,
                        owner.token(),
                        null)
                .expect(204);
        assertThat(say(member, "bad").status()).isEqualTo(200);
    }

    @Test
    void thoseWhoManageTheGuildHearOfRulesAndWhatTheyDo() {
        try (GatewayClient managing =
                        GatewayClient.ready(cloud.gatewayUrl(), owner.token(), CONFIGURATION_AND_EXECUTION);
                GatewayClient other =
                        GatewayClient.ready(cloud.gatewayUrl(), member.token(), CONFIGURATION_AND_EXECUTION | 1 << 9)) {
            other.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode rule = create(keywords("bad"));
            say(member, "so bad").expect(400);
            say(member, "so good").expect(200);

            // Then
            assertThat(managing.awaitDispatch("AUTO_MODERATION_RULE_CREATE").path("d"))
                    .isEqualTo(rule);
            JsonNode execution =
                    managing.awaitDispatch("AUTO_MODERATION_ACTION_EXECUTION").path("d");
            assertThat(execution.path("rule_id")).isEqualTo(rule.path("id"));
            assertThat(execution.path("rule_trigger_type").asInt()).isEqualTo(1);
            assertThat(execution.path("user_id").asText()).isEqualTo(member.id());
            assertThat(execution.path("channel_id").asText()).isEqualTo(place.channelId());
            assertThat(execution.path("content").asText()).isEqualTo("so bad");
            assertThat(execution.path("matched_keyword").asText()).isEqualTo("bad");
            assertThat(execution.path("matched_content").asText()).isEqualTo("bad");
            assertThat(execution.at("/action/type").asInt()).isEqualTo(1);
            assertThat(other.next().path("t").asText())
                    .as("nothing of the rules, and then the message")
                    .isEqualTo("MESSAGE_CREATE");
            assertThat(auditActions()).containsExactly(140, 143);
        }
    }

    @Test
    void anAlertIsAMessageInTheChannelThatTheRuleNames() {
        // Given
        String alerts = rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "alerts"))
                .expect(201)
                .path("id")
                .asText();
        Map<String, Object> rule = keywords("bad");
        rule.put("actions", List.of(BLOCK, Map.of("type", 2, "metadata", Map.of("channel_id", alerts))));
        create(rule);
        try (GatewayClient managing =
                GatewayClient.ready(cloud.gatewayUrl(), owner.token(), CONFIGURATION_AND_EXECUTION | 1 << 9)) {
            // When
            say(member, "so bad").expect(400);

            // Then
            JsonNode alert = managing.awaitDispatch("MESSAGE_CREATE").path("d");
            assertThat(alert.path("channel_id").asText()).isEqualTo(alerts);
            JsonNode history =
                    rest.get("/channels/" + alerts + "/messages", owner.token()).expect(200);
            assertThat(history).hasSize(1);
            JsonNode message = history.get(0);
            assertThat(message.path("id")).isEqualTo(alert.path("id"));
            assertThat(message.path("type").asInt()).isEqualTo(24);
            assertThat(message.at("/author/id").asText()).isEqualTo(member.id());
            assertThat(message.at("/embeds/0/description").asText()).isEqualTo("so bad");
            assertThat(auditActions()).containsExactly(140, 143, 144);

            // When
            rest.send("DELETE", "/channels/" + alerts, owner.token(), null).expect(200);

            // Then
            say(member, "bad again").expect(400);
        }
    }

    @Test
    void aTimeoutHoldsAtOnceAndIsTold() {
        // Given
        Map<String, Object> rule = keywords("bad");
        rule.put("actions", List.of(Map.of("type", 3, "metadata", Map.of("duration_seconds", 600))));
        create(rule);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), 1 | 1 << 1)) {
            // When
            say(member, "so bad").expect(200);

            // Then
            JsonNode update = client.awaitDispatch("GUILD_MEMBER_UPDATE").path("d");
            assertThat(update.at("/user/id").asText()).isEqualTo(member.id());
            assertThat(update.path("communication_disabled_until").isTextual()).isTrue();
            assertThat(code(say(member, "good"), 403)).isEqualTo(50013);
            assertThat(auditActions()).containsExactly(140, 145);
        }
    }

    @Test
    void mentionsSpamAndPresetsTriggerToo() {
        create(rule(5, Map.of("mention_total_limit", 1)));
        create(rule(3, Map.of()));
        create(rule(4, Map.of("presets", List.of(1), "allow_list", List.of("shitty"))));

        assertThat(say(member, "<@1>").status()).isEqualTo(200);
        assertThat(say(member, "<@1> <@2>").status()).isEqualTo(400);
        assertThat(say(member, "x".repeat(50)).status()).isEqualTo(400);
        assertThat(say(member, "oh shit").status()).isEqualTo(400);
        assertThat(say(member, "shitty").status()).isEqualTo(200);
    }

    @Test
    void aGuildHasSixRulesForKeywordsAndOneOfEachOtherKind() {
        for (int i = 0; i < 6; i++) {
            create(keywords("word" + i));
        }
        create(rule(3, Map.of()));

        assertThat(wrongField(keywords("one more"))).isEqualTo("trigger_type");
        assertThat(wrongField(rule(3, Map.of()))).isEqualTo("trigger_type");
    }

    @Test
    void limitsHoldAtTheirEdge() {
        assertThat(post(keyword("keyword_filter", Collections.nCopies(1000, "x".repeat(60))))
                        .status())
                .isEqualTo(200);
        assertThat(wrongField(keyword("keyword_filter", Collections.nCopies(1001, "x"))))
                .isEqualTo("trigger_metadata");
        assertThat(wrongField(keyword("keyword_filter", List.of("x".repeat(61)))))
                .isEqualTo("trigger_metadata");
        assertThat(wrongField(keyword("keyword_filter", List.of("")))).isEqualTo("trigger_metadata");
        assertThat(wrongField(keyword("regex_patterns", Collections.nCopies(11, "x"))))
                .isEqualTo("trigger_metadata");
        assertThat(wrongField(keyword("regex_patterns", List.of("x".repeat(261)))))
                .isEqualTo("trigger_metadata");
        assertThat(wrongField(keyword("regex_patterns", List.of("(unclosed")))).isEqualTo("trigger_metadata");
        assertThat(wrongField(keyword("allow_list", Collections.nCopies(101, "x"))))
                .isEqualTo("trigger_metadata");
        assertThat(wrongField(rule(5, Map.of("mention_total_limit", 51)))).isEqualTo("trigger_metadata");
        assertThat(wrongField(rule(4, Map.of("presets", List.of(3))))).isEqualTo("trigger_metadata");
        assertThat(wrongField(with("exempt_roles", Collections.nCopies(21, "1"))))
                .isEqualTo("exempt_roles");
        assertThat(wrongField(with("exempt_channels", Collections.nCopies(51, "1"))))
                .isEqualTo("exempt_channels");
        assertThat(wrongField(with("actions", List.of()))).isEqualTo("actions");
        assertThat(wrongField(with("actions", List.of(Map.of("type", 9))))).isEqualTo("actions");
        assertThat(wrongField(with("actions", List.of(Map.of("type", 2, "metadata", Map.of("channel_id", "1"))))))
                .isEqualTo("actions");
        assertThat(wrongField(
                        with("actions", List.of(Map.of("type", 3, "metadata", Map.of("duration_seconds", 2_419_201))))))
                .isEqualTo("actions");
        assertThat(wrongField(with("name", "x".repeat(101)))).isEqualTo("name");
        assertThat(wrongField(with("trigger_type", 2))).isEqualTo("trigger_type");
        assertThat(wrongField(with("event_type", 2))).isEqualTo("event_type");
    }

    @Test
    void onlyWhoManagesTheGuildSeesAndMakesRules() {
        String rule = rules() + "/" + create(keywords("bad")).path("id").asText();
        Person stranger = people.user();
        Place elsewhere = people.guild(stranger);

        assertThat(code(rest.get(rules(), member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.get(rule, member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.post(rules(), member.token(), keywords("x")), 403)).isEqualTo(50013);
        assertThat(code(rest.send("PATCH", rule, member.token(), Map.of()), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("DELETE", rule, member.token(), null), 403)).isEqualTo(50013);
        assertThat(code(rest.get(rules(), stranger.token()), 404)).isEqualTo(10004);
        assertThat(rest.get(rule.replace(place.guildId(), elsewhere.guildId()), stranger.token())
                        .status())
                .isEqualTo(404);
    }

    private JsonNode create(Map<String, ?> rule) {
        return post(rule).expect(200);
    }

    private Reply post(Map<String, ?> rule) {
        return rest.post(rules(), owner.token(), rule);
    }

    private static Map<String, Object> keywords(String... words) {
        return keyword("keyword_filter", List.of(words));
    }

    private static Map<String, Object> keyword(String field, List<String> texts) {
        Map<String, Object> metadata = new HashMap<>(Map.of("keyword_filter", List.of("word")));
        metadata.put(field, texts);
        return rule(1, metadata);
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> rule = keywords("word");
        rule.put(field, value);
        return rule;
    }

    private static Map<String, Object> rule(int triggerType, Map<String, ?> metadata) {
        return new HashMap<>(Map.of(
                "name",
                "a rule",
                "event_type",
                1,
                "trigger_type",
                triggerType,
                "trigger_metadata",
                metadata,
                "actions",
                List.of(BLOCK),
                "enabled",
                true));
    }

    private String wrongField(Map<String, ?> rule) {
        JsonNode body = post(rule).expect(400);
        assertThat(body.path("code").asInt()).isEqualTo(50035);
        return body.path("errors").fieldNames().next();
    }

    private Reply say(Person author, String content) {
        return rest.post(messages(), author.token(), Json.object().put("content", content));
    }

    private List<Integer> auditActions() {
        return CloudSystem.of(cloud)
                .database()
                .query(handle -> handle.select(
                                "SELECT action_type FROM audit_log WHERE guild_id = ? AND action_type >= 140 ORDER BY id",
                                Long.parseLong(place.guildId()))
                        .mapTo(Integer.class)
                        .list());
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    private String rules() {
        return "/guilds/" + place.guildId() + "/auto-moderation/rules";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
