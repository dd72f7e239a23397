package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.FileClient;
import dev.parley.local.client.FileClient.Upload;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.Pictures;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Webhooks, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class WebhookApiTest {

    /** GUILDS, GUILD_WEBHOOKS and GUILD_MODERATION. */
    private static final long INTENTS = 1 | 1 << 5 | 1 << 2;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final FileClient files;
    private final People people;
    private Person owner;
    private Person member;
    private Person stranger;
    private Place place;

    WebhookApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        files = new FileClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        stranger = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
    }

    @Test
    void aWebhookIsMadeListedAndReadWithItsToken() {
        // When
        JsonNode webhook = create("reporter");

        // Then
        assertThat(webhook.path("type").asInt()).isEqualTo(1);
        assertThat(webhook.path("guild_id").asText()).isEqualTo(place.guildId());
        assertThat(webhook.path("channel_id").asText()).isEqualTo(place.channelId());
        assertThat(webhook.at("/user/id").asText()).isEqualTo(owner.id());
        assertThat(webhook.path("token").asText()).hasSize(68);
        assertThat(webhook.has("application_id")).isTrue();
        assertThat(rest.get(ofChannel(), owner.token()).expect(200)).containsExactly(webhook);
        assertThat(rest.get(ofGuild(), owner.token()).expect(200)).containsExactly(webhook);
        assertThat(rest.get(byId(webhook), owner.token()).expect(200)).isEqualTo(webhook);
        assertThat(rest.get(byToken(webhook), null).expect(200))
                .isEqualTo(webhook.<ObjectNode>deepCopy().without("user"));
    }

    @Test
    void whoManagesWebhooksHearsOfChangesAndNobodyElse() {
        try (GatewayClient manager = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS);
                GatewayClient other = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            // Given
            manager.awaitDispatch("GUILD_CREATE");
            other.awaitDispatch("GUILD_CREATE");
            JsonNode expected = Json.object().put("guild_id", place.guildId()).put("channel_id", place.channelId());

            // When
            JsonNode webhook = create("reporter");

            // Then
            assertThat(manager.awaitDispatch("WEBHOOKS_UPDATE").path("d")).isEqualTo(expected);
            JsonNode entry =
                    manager.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(entry.path("action_type").asInt()).isEqualTo(50);
            assertThat(entry.path("target_id")).isEqualTo(webhook.path("id"));
            assertThat(entry.toString()).doesNotContain(webhook.path("token").asText());

            // When
            patch(webhook, Map.of("name", "other")).expect(200);

            // Then
            assertThat(manager.awaitDispatch("WEBHOOKS_UPDATE").path("d")).isEqualTo(expected);
            JsonNode change =
                    manager.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").at("/d/changes/0");
            assertThat(change)
                    .isEqualTo(Json.object()
                            .put("key", "name")
                            .put("old_value", "reporter")
                            .put("new_value", "other"));

            // When
            rest.send("DELETE", byId(webhook), owner.token(), null).expect(204);

            // Then
            assertThat(manager.awaitDispatch("WEBHOOKS_UPDATE").path("d")).isEqualTo(expected);
            assertThat(manager.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE")
                            .at("/d/action_type")
                            .asInt())
                    .isEqualTo(52);
            rest.send("PATCH", "/guilds/" + place.guildId(), owner.token(), Map.of("name", "the end"))
                    .expect(200);
            assertThat(typesUntil(other, "GUILD_UPDATE"))
                    .doesNotContain("WEBHOOKS_UPDATE", "GUILD_AUDIT_LOG_ENTRY_CREATE");
        }
    }

    @Test
    void aWebhookMovesToAnotherChannelOfItsGuild() {
        // Given
        JsonNode webhook = create("reporter");
        String other = channel(place, owner);
        Place elsewhere = people.guild(owner);

        // When
        JsonNode moved = patch(webhook, Map.of("channel_id", other)).expect(200);

        // Then
        assertThat(moved.path("channel_id").asText()).isEqualTo(other);
        assertThat(moved.path("token")).isEqualTo(webhook.path("token"));
        assertThat(rest.get(ofChannel(), owner.token()).expect(200)).isEmpty();
        assertThat(code(patch(webhook, Map.of("channel_id", elsewhere.channelId())), 404))
                .isEqualTo(10003);
    }

    @Test
    void withoutTheRightToManageWebhooksNothingIsShownOrChanged() {
        JsonNode webhook = create("reporter");

        assertThat(code(rest.post(ofChannel(), member.token(), Map.of("name", "mine")), 403))
                .isEqualTo(50013);
        assertThat(code(rest.get(ofChannel(), member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.get(ofGuild(), member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.get(byId(webhook), member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.send("PATCH", byId(webhook), member.token(), Map.of("name", "mine")), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("DELETE", byId(webhook), member.token(), null), 403))
                .isEqualTo(50013);
    }

    @Test
    void aStrangerLearnsNothing() {
        JsonNode webhook = create("reporter");

        assertThat(code(rest.get(ofChannel(), stranger.token()), 404)).isEqualTo(10003);
        assertThat(code(rest.get(ofGuild(), stranger.token()), 404)).isEqualTo(10004);
        assertThat(code(rest.get(byId(webhook), stranger.token()), 404)).isEqualTo(10015);
        assertThat(code(rest.get("/webhooks/1", owner.token()), 404)).isEqualTo(10015);
        assertThat(code(rest.get("/webhooks/nonsense", owner.token()), 404)).isEqualTo(10015);
        assertThat(code(rest.get("/webhooks/1/token", null), 404)).isEqualTo(10015);
        assertThat(code(rest.get(byId(webhook) + "/token", null), 401)).isEqualTo(50027);
        assertThat(code(rest.send("DELETE", byId(webhook) + "/token", null, null), 401))
                .isEqualTo(50027);
    }

    @Test
    void whoHasTheTokenChangesAndRemovesTheWebhook() {
        // Given
        JsonNode webhook = create("reporter");
        String other = channel(place, owner);

        // When
        JsonNode changed = rest.send("PATCH", byToken(webhook), null, Map.of("name", "other", "channel_id", other))
                .expect(200);

        // Then
        assertThat(changed.path("name").asText()).isEqualTo("other");
        assertThat(changed.path("channel_id").asText()).isEqualTo(place.channelId());
        rest.send("DELETE", byToken(webhook), null, null).expect(204);
        assertThat(code(rest.get(byToken(webhook), null), 404)).isEqualTo(10015);
    }

    @Test
    void aChannelHasFifteenWebhooksAtTheMost() {
        // Given
        for (int i = 0; i < 15; i++) {
            create("number " + i);
        }

        // Then
        assertThat(code(rest.post(ofChannel(), owner.token(), Map.of("name", "one more")), 400))
                .isEqualTo(30007);
    }

    @Test
    void namesHaveLimits() {
        assertThat(create("x".repeat(80)).path("name").asText()).hasSize(80);
        for (String name : List.of("", " ", "x".repeat(81), "Clyde", "my DISCORD hook")) {
            assertThat(code(rest.post(ofChannel(), owner.token(), Map.of("name", name)), 400))
                    .as(name)
                    .isEqualTo(50035);
        }
        assertThat(code(rest.post(ofChannel(), owner.token(), Map.of()), 400)).isEqualTo(50035);
    }

    @Test
    void theTokenOfAnApplicationsWebhookIsItsBotsAlone() {
        // Given
        Person bot = people.bot(owner, place);
        String role = rest.post(
                        "/guilds/" + place.guildId() + "/roles",
                        owner.token(),
                        Map.of("permissions", Long.toString(1L << 29)))
                .expect(200)
                .path("id")
                .asText();
        rest.send("PUT", "/guilds/" + place.guildId() + "/members/" + bot.id() + "/roles/" + role, owner.token(), null)
                .expect(204);

        // When
        JsonNode webhook = rest.post(ofChannel(), "Bot " + bot.token(), Map.of("name", "automatic"))
                .expect(200);

        // Then
        assertThat(webhook.path("application_id").asText()).isEqualTo(bot.id());
        assertThat(webhook.path("token").asText()).isNotEmpty();
        assertThat(rest.get(byId(webhook), owner.token()).expect(200).has("token"))
                .isFalse();
    }

    @Test
    void aChannelsWebhooksGoWithIt() {
        // Given
        String channelId = channel(place, owner);
        JsonNode webhook = rest.post("/channels/" + channelId + "/webhooks", owner.token(), Map.of("name", "reporter"))
                .expect(200);

        // When
        rest.send("DELETE", "/channels/" + channelId, owner.token(), null).expect(200);

        // Then
        assertThat(code(rest.get(byToken(webhook), null), 404)).isEqualTo(10015);
    }

    @Test
    void directMessagesAndCategoriesHaveNone() {
        // Given
        String direct = rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                .expect(200)
                .path("id")
                .asText();
        String category = rest.post(
                        "/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "group", "type", 4))
                .expect(201)
                .path("id")
                .asText();

        // Then
        assertThat(code(rest.post("/channels/" + direct + "/webhooks", owner.token(), Map.of("name", "x")), 403))
                .isEqualTo(50003);
        assertThat(code(rest.post("/channels/" + category + "/webhooks", owner.token(), Map.of("name", "x")), 400))
                .isEqualTo(50024);
    }

    @Test
    void whatComesThroughAWebhookIsSignedWithItsNameAndHeardInTheChannel() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 513)) {
            // Given
            client.awaitDispatch("GUILD_CREATE");
            JsonNode webhook = create("reporter");

            // When
            assertThat(rest.post(byToken(webhook), null, Map.of("content", "news"))
                            .status())
                    .isEqualTo(204);

            // Then
            JsonNode heard = client.awaitMessage("news").path("d");
            assertThat(heard.path("webhook_id")).isEqualTo(webhook.path("id"));
            assertThat(heard.at("/author/id")).isEqualTo(webhook.path("id"));
            assertThat(heard.at("/author/username").asText()).isEqualTo("reporter");
            assertThat(heard.at("/author/discriminator").asText()).isEqualTo("0000");
            assertThat(heard.at("/author/bot").asBoolean()).isTrue();
            assertThat(heard.has("member")).isFalse();
            assertThat(heard.path("guild_id").asText()).isEqualTo(place.guildId());

            // When
            JsonNode signed = execute(webhook, Map.of("content", "more", "username", "the other one"));

            // Then
            assertThat(signed.at("/author/username").asText()).isEqualTo("the other one");
            JsonNode history = rest.get(messages(), member.token()).expect(200);
            assertThat(history.findValuesAsText("username")).containsExactly("the other one", "reporter");
            assertThat(history.get(0)).isEqualTo(signed);
            JsonNode reply = rest.post(
                            messages(),
                            member.token(),
                            Map.of("content", "why?", "message_reference", Map.of("message_id", signed.path("id"))))
                    .expect(200);
            assertThat(reply.path("mentions")).isEmpty();
            assertThat(reply.at("/referenced_message/author/username").asText()).isEqualTo("the other one");
        }
    }

    @Test
    void whatCameThroughAWebhookIsReadChangedAndDeletedThroughIt() {
        // Given
        JsonNode webhook = create("reporter");
        JsonNode other = create("other");
        JsonNode message = execute(webhook, Map.of("content", "news"));
        String path = "/messages/" + message.path("id").asText();
        String said = "/messages/"
                + people.say(owner, place.channelId(), "mine").path("id").asText();

        // Then
        assertThat(rest.get(byToken(webhook) + path, null).expect(200)).isEqualTo(message);
        JsonNode changed = rest.send("PATCH", byToken(webhook) + path, null, Map.of("content", "old news"))
                .expect(200);
        assertThat(changed.path("content").asText()).isEqualTo("old news");
        assertThat(changed.path("author")).isEqualTo(message.path("author"));
        assertThat(changed.path("edited_timestamp").isTextual()).isTrue();
        assertThat(code(rest.get(byToken(other) + path, null), 404)).isEqualTo(10008);
        assertThat(code(rest.send("PATCH", byToken(webhook) + said, null, Map.of("content", "yours")), 404))
                .isEqualTo(10008);
        assertThat(code(rest.send("DELETE", byToken(webhook) + said, null, null), 404))
                .isEqualTo(10008);
        assertThat(code(rest.get(byToken(webhook) + "/messages/@original", null), 404))
                .isEqualTo(10008);
        rest.send("DELETE", byToken(webhook) + path, null, null).expect(204);
        assertThat(code(rest.get(byToken(webhook) + path, null), 404)).isEqualTo(10008);
    }

    @Test
    void aWebhooksMessagesOutliveIt() {
        // Given
        JsonNode webhook = create("reporter");
        JsonNode message = execute(webhook, Map.of("content", "news"));

        // When
        rest.send("DELETE", byId(webhook), owner.token(), null).expect(204);

        // Then
        assertThat(rest.get(messages(), member.token()).expect(200)).containsExactly(message);
        assertThat(code(rest.post(byToken(webhook), null, Map.of("content", "more")), 404))
                .isEqualTo(10015);
    }

    @Test
    void aWrongMessageOrTokenIsRefused() {
        JsonNode webhook = create("reporter");

        assertThat(code(rest.post(byId(webhook) + "/token", null, Map.of("content", "x")), 401))
                .isEqualTo(50027);
        assertThat(code(rest.post(byToken(webhook), null, Map.of()), 400)).isEqualTo(50006);
        assertThat(code(rest.post(byToken(webhook), null, Map.of("content", "x".repeat(2001))), 400))
                .isEqualTo(50035);
        assertThat(code(rest.post(byToken(webhook), null, Map.of("content", "x", "username", "Clyde")), 400))
                .isEqualTo(50035);
        assertThat(code(
                        rest.post(
                                byToken(webhook) + "?thread_id=" + channel(place, owner), null, Map.of("content", "x")),
                        404))
                .isEqualTo(10003);
    }

    @Test
    void aWebhookHasItsOwnLimitWhoeverSends() {
        // Given
        JsonNode webhook = create("reporter");
        JsonNode other = create("other");

        // When
        int sent = 0;
        Reply last;
        do {
            last = rest.post(byToken(webhook), null, Map.of("content", "number " + sent));
            sent++;
        } while (last.status() == 204 && sent < 100);

        // Then
        assertThat(last.status()).isEqualTo(429);
        assertThat(sent).isGreaterThan(5);
        assertThat(last.headers().firstValue("x-ratelimit-bucket")).contains("EXECUTE_WEBHOOK");
        assertThat(rest.post(byToken(other), null, Map.of("content", "still")).status())
                .isEqualTo(204);
        assertThat(rest.post(byId(webhook) + "/token", null, Map.of("content", "x"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aMessageForSlackIsTranslated() {
        // Given
        JsonNode webhook = create("builds");
        Map<String, Object> attachment = Map.of(
                "title",
                "Build 7",
                "color",
                "#ff0000",
                "text",
                "failed",
                "fields",
                List.of(Map.of("title", "Branch", "value", "main", "short", true)));

        // When
        rest.post(
                        byToken(webhook) + "/slack",
                        null,
                        Map.of("text", "see <https://example.com|here>", "attachments", List.of(attachment)))
                .expect(200);

        // Then
        JsonNode message = rest.get(messages(), member.token()).expect(200).get(0);
        assertThat(message.path("content").asText()).isEqualTo("see [here](https://example.com)");
        assertThat(message.at("/embeds/0/title").asText()).isEqualTo("Build 7");
        assertThat(message.at("/embeds/0/color").asInt()).isEqualTo(0xff0000);
        assertThat(message.at("/embeds/0/fields/0/name").asText()).isEqualTo("Branch");
    }

    private JsonNode execute(JsonNode webhook, Map<String, ?> form) {
        return rest.post(byToken(webhook) + "?wait=true", null, form).expect(200);
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    @Test
    void aMessageThroughAWebhookHasFilesThatCanBeChanged() {
        // Given
        JsonNode webhook = create("reporter");
        Upload look = Upload.first("look.png", "image/png", Pictures.png());

        // When
        JsonNode sent = files.send(
                        "POST",
                        byToken(webhook) + "?wait=true",
                        null,
                        Map.of("embeds", List.of(Map.of("image", Map.of("url", "attachment://look.png")))),
                        List.of(look))
                .expect(200);

        // Then
        String url = sent.at("/attachments/0/url").asText();
        assertThat(files.get(url).body()).isEqualTo(Pictures.png());
        assertThat(sent.at("/embeds/0/image/url").asText()).isEqualTo(url);
        JsonNode edited = files.send(
                        "PATCH",
                        byToken(webhook) + "/messages/" + sent.path("id").asText(),
                        null,
                        Map.of("attachments", List.of()),
                        List.of(Upload.first("other.png", "image/png", Pictures.png())))
                .expect(200);
        assertThat(edited.path("attachments").findValuesAsText("filename")).containsExactly("other.png");
        assertThat(code(files.send("POST", byId(webhook) + "/wrong", null, null, List.of(look)), 401))
                .isEqualTo(50027);
    }

    private static List<String> typesUntil(GatewayClient client, String last) {
        List<String> types = new ArrayList<>();
        while (types.isEmpty() || !types.getLast().equals(last)) {
            types.add(client.next().path("t").asText());
        }
        return types;
    }

    private JsonNode create(String name) {
        return rest.post(ofChannel(), owner.token(), Map.of("name", name)).expect(200);
    }

    private Reply patch(JsonNode webhook, Map<String, ?> form) {
        return rest.send("PATCH", byId(webhook), owner.token(), form);
    }

    private String channel(Place where, Person who) {
        return rest.post("/guilds/" + where.guildId() + "/channels", who.token(), Map.of("name", "another"))
                .expect(201)
                .path("id")
                .asText();
    }

    private String ofChannel() {
        return "/channels/" + place.channelId() + "/webhooks";
    }

    private String ofGuild() {
        return "/guilds/" + place.guildId() + "/webhooks";
    }

    private static String byId(JsonNode webhook) {
        return "/webhooks/" + webhook.path("id").asText();
    }

    private static String byToken(JsonNode webhook) {
        return byId(webhook) + "/" + webhook.path("token").asText();
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
