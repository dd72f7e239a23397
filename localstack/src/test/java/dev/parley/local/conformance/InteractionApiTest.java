package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.ConnectionCutter;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.Caller;
import dev.parley.local.client.FileClient;
import dev.parley.local.client.FileClient.Upload;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What users ask of applications and what these answer, through the REST API and the gateway. */
@ExtendWith(LocalCloudExtension.class)
class InteractionApiTest {

    private static final int EPHEMERAL = 64;
    private static final int LOADING = 128;

    private final LocalCloud cloud;
    private final ConnectionCutter cutter;
    private final RestClient rest;
    private final FileClient files;
    private final People people;
    private Person owner;
    private Person member;
    private Person bot;
    private Place place;
    private Caller caller;
    private GatewayClient client;
    private GatewayClient asking;

    InteractionApiTest(LocalCloud cloud, ConnectionCutter cutter) {
        this.cloud = cloud;
        this.cutter = cutter;
        rest = new RestClient(cloud.baseUrl());
        files = new FileClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
        bot = people.bot(owner, place);
        caller = new Caller(rest, member, bot.id(), place);
        client = GatewayClient.ready(cloud.gatewayUrl(), bot.token(), 1);
        client.awaitDispatch("GUILD_CREATE");
        asking = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 513);
        asking.awaitDispatch("GUILD_CREATE");
    }

    @AfterEach
    void leave() {
        client.close();
        asking.close();
    }

    @Test
    void aCommandComesToTheBotWithAllThatItNames() {
        // Given
        ObjectNode command = slash("assign");
        ArrayNode options = command.putArray("options")
                .addObject()
                .put("type", 1)
                .put("name", "role")
                .put("description", "a role")
                .putArray("options");
        option(options, 6, "user");
        option(options, 8, "role");
        option(options, 7, "channel");
        option(options, 4, "count").put("min_value", 1).put("max_value", 3);
        register(command);
        ArrayNode values = Json.array();
        ArrayNode inner = values.addObject().put("type", 1).put("name", "role").putArray("options");
        inner.addObject().put("type", 6).put("name", "user").put("value", owner.id());
        inner.addObject().put("type", 8).put("name", "role").put("value", place.guildId());
        inner.addObject().put("type", 7).put("name", "channel").put("value", place.channelId());
        inner.addObject().put("type", 4).put("name", "count").put("value", 3);

        // When
        caller.use("assign", values).expect(204);

        // Then
        JsonNode asked = client.awaitDispatch("INTERACTION_CREATE").path("d");
        assertThat(asked.path("application_id").asText()).isEqualTo(bot.id());
        assertThat(asked.path("type").asInt()).isEqualTo(2);
        assertThat(asked.path("guild_id").asText()).isEqualTo(place.guildId());
        assertThat(asked.at("/channel/id").asText()).isEqualTo(place.channelId());
        assertThat(asked.at("/member/user/id").asText()).isEqualTo(member.id());
        assertThat(asked.at("/member/permissions").asText()).isNotEmpty();
        assertThat(asked.path("token").asText()).isNotEmpty();
        assertThat(asked.path("version").asInt()).isEqualTo(1);
        assertThat(asked.path("context").asInt(-1)).isZero();
        assertThat(Long.parseLong(asked.path("app_permissions").asText())).isNotZero();
        assertThat(asked.at("/authorizing_integration_owners/0").asText()).isEqualTo(place.guildId());
        assertThat(asked.at("/data/options/0/options/3/value").asInt()).isEqualTo(3);
        assertThat(asked.at("/data/resolved/users/" + owner.id() + "/username").asText())
                .isEqualTo(owner.name());
        assertThat(asked.at("/data/resolved/members/" + owner.id()).has("permissions"))
                .isTrue();
        assertThat(asked.at("/data/resolved/roles/" + place.guildId() + "/name").asText())
                .isEqualTo("@everyone");
        assertThat(asked.at("/data/resolved/channels/" + place.channelId() + "/type")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void anAnswerIsSaidInTheChannelOnce() {
        // Given
        register(slash("ping"));
        JsonNode asked = use("ping");

        // When
        JsonNode answered = rest.post(
                        callback(asked) + "?with_response=true", null, response(4, Map.of("content", "pong")))
                .expect(200);

        // Then
        JsonNode success = asking.awaitDispatch("INTERACTION_SUCCESS").path("d");
        assertThat(success.path("nonce").asText()).isEqualTo("nonce");
        assertThat(success.path("id")).isEqualTo(asked.path("id"));
        JsonNode message = asking.awaitMessage("pong").path("d");
        assertThat(message.path("type").asInt()).isEqualTo(20);
        assertThat(message.at("/author/id").asText()).isEqualTo(bot.id());
        assertThat(message.path("application_id").asText()).isEqualTo(bot.id());
        assertThat(message.path("webhook_id").asText()).isEqualTo(bot.id());
        assertThat(message.at("/interaction_metadata/user/id").asText()).isEqualTo(member.id());
        assertThat(message.at("/interaction/name").asText()).isEqualTo("ping");
        assertThat(answered.at("/interaction/response_message_id")).isEqualTo(message.path("id"));
        assertThat(answered.at("/resource/message/content").asText()).isEqualTo("pong");
        JsonNode stored = rest.get(messages(), member.token()).expect(200).get(0);
        assertThat(stored.path("interaction_metadata")).isEqualTo(message.path("interaction_metadata"));
        assertThat(code(answer(asked, 4, Map.of("content", "again")), 400)).isEqualTo(40060);
    }

    @Test
    void anAnswerMayBeThoughtAboutAndChangedAndFollowed() {
        // Given
        register(slash("slow"));
        JsonNode asked = use("slow");
        assertThat(code(followUp(asked, "too early"), 404)).isEqualTo(10015);

        // When
        answer(asked, 5, Map.of()).expect(204);

        // Then
        JsonNode loading = asking.awaitDispatch("MESSAGE_CREATE").path("d");
        assertThat(loading.path("flags").asInt()).isEqualTo(LOADING);
        JsonNode edited = rest.send("PATCH", original(asked), null, Map.of("content", "thought about it"))
                .expect(200);
        assertThat(edited.path("flags").asInt(-1)).isZero();
        assertThat(edited.path("id")).isEqualTo(loading.path("id"));
        assertThat(asking.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                .isEqualTo("thought about it");
        assertThat(rest.get(original(asked), null).expect(200).path("content").asText())
                .isEqualTo("thought about it");
        JsonNode more = followUp(asked, "more").expect(200);
        assertThat(more.at("/interaction_metadata/original_response_message_id"))
                .isEqualTo(loading.path("id"));
        String path = hook(asked) + "/messages/" + more.path("id").asText();
        assertThat(rest.send("PATCH", path, null, Map.of("content", "even more"))
                        .expect(200)
                        .path("content")
                        .asText())
                .isEqualTo("even more");
        rest.send("DELETE", path, null, null).expect(204);
        rest.send("DELETE", original(asked), null, null).expect(204);
        assertThat(rest.get(messages(), member.token()).expect(200)).isEmpty();
        assertThat(code(rest.get(original(asked), null), 404)).isEqualTo(10008);
    }

    @Test
    void theFirstMessageAfterAPromiseKeepsIt() {
        // Given
        register(slash("slow"));
        JsonNode asked = use("slow");
        answer(asked, 5, Map.of()).expect(204);
        JsonNode loading = asking.awaitDispatch("MESSAGE_CREATE").path("d");

        // When
        JsonNode first = followUp(asked, "here it is").expect(200);
        JsonNode second = followUp(asked, "and more").expect(200);

        // Then
        assertThat(first.path("id")).isEqualTo(loading.path("id"));
        assertThat(second.path("id")).isNotEqualTo(loading.path("id"));
    }

    @Test
    void anAnswerForOneIsSeenByNobodyElseAndIsInNoHistory() {
        try (GatewayClient other = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), 513)) {
            // Given
            other.awaitDispatch("GUILD_CREATE");
            register(slash("secret"));
            JsonNode asked = use("secret");

            // When
            answer(asked, 4, Map.of("content", "for you", "flags", EPHEMERAL)).expect(204);

            // Then
            JsonNode message = asking.awaitMessage("for you").path("d");
            assertThat(message.path("flags").asInt()).isEqualTo(EPHEMERAL);
            assertThat(message.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(rest.get(messages(), member.token()).expect(200)).isEmpty();
            JsonNode edited = rest.send("PATCH", original(asked), null, Map.of("content", "still for you"))
                    .expect(200);
            assertThat(edited.path("id")).isEqualTo(message.path("id"));
            assertThat(asking.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                    .isEqualTo("still for you");
            assertThat(rest.get(original(asked), null)
                            .expect(200)
                            .path("content")
                            .asText())
                    .isEqualTo("still for you");
            rest.send("DELETE", original(asked), null, null).expect(204);
            assertThat(asking.awaitDispatch("MESSAGE_DELETE").at("/d/id")).isEqualTo(message.path("id"));
            people.say(owner, place.channelId(), "the end");
            assertThat(other.awaitDispatch("MESSAGE_CREATE").at("/d/content").asText())
                    .isEqualTo("the end");
        }
    }

    @Test
    void aButtonChangesItsMessage() {
        // Given
        register(slash("button"));
        answer(use("button"), 4, withButton("press it")).expect(204);
        JsonNode message = asking.awaitMessage("press it").path("d");
        String messageId = message.path("id").asText();

        // When
        caller.press(messageId, "press").expect(204);

        // Then
        JsonNode pressed = client.awaitDispatch("INTERACTION_CREATE").path("d");
        assertThat(pressed.path("type").asInt()).isEqualTo(3);
        assertThat(pressed.at("/data/custom_id").asText()).isEqualTo("press");
        assertThat(pressed.at("/message/id").asText()).isEqualTo(messageId);
        answer(pressed, 7, Map.of("content", "pressed", "components", List.of()))
                .expect(204);
        JsonNode updated = asking.awaitDispatch("MESSAGE_UPDATE").path("d");
        assertThat(updated.path("content").asText()).isEqualTo("pressed");
        assertThat(updated.path("components")).isEmpty();
        assertThat(rest.get(original(pressed), null).expect(200).path("id").asText())
                .isEqualTo(messageId);
        assertThat(code(caller.press(messageId, "press"), 400)).isEqualTo(50035);
        assertThat(code(caller.press("1", "press"), 404)).isEqualTo(10008);
        String other =
                people.say(owner, place.channelId(), "no button").path("id").asText();
        assertThat(code(caller.press(other, "press"), 404)).isEqualTo(10008);
    }

    @Test
    void aButtonOfAMessageForOneWorksForThatOne() {
        // Given
        register(slash("button"));
        ObjectNode form = withButton("for you");
        answer(use("button"), 4, form.put("flags", EPHEMERAL)).expect(204);
        String messageId = asking.awaitMessage("for you").at("/d/id").asText();

        // When
        caller.press(messageId, "press").expect(204);

        // Then
        JsonNode pressed = client.awaitDispatch("INTERACTION_CREATE").path("d");
        answer(pressed, 7, Map.of("content", "pressed")).expect(204);
        assertThat(asking.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                .isEqualTo("pressed");
        Caller other = new Caller(rest, owner, bot.id(), place);
        assertThat(code(other.press(messageId, "press"), 404)).isEqualTo(10008);
    }

    @Test
    void aHalfWrittenOptionIsCompleted() {
        // Given
        ObjectNode command = slash("find");
        option(command.putArray("options"), 3, "what").put("autocomplete", true);
        register(command);
        ArrayNode begun = Json.array();
        begun.addObject().put("type", 3).put("name", "what").put("value", "ap").put("focused", true);

        // When
        caller.send(4, caller.slash("find", begun)).expect(204);

        // Then
        JsonNode asked = client.awaitDispatch("INTERACTION_CREATE").path("d");
        assertThat(asked.path("type").asInt()).isEqualTo(4);
        assertThat(asked.at("/data/options/0/focused").asBoolean()).isTrue();
        assertThat(code(answer(asked, 4, Map.of("content", "no")), 400)).isEqualTo(50035);
        answer(asked, 8, Map.of("choices", List.of(Map.of("name", "Apple", "value", "apple"))))
                .expect(204);
        JsonNode proposed = asking.awaitDispatch("APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE")
                .path("d");
        assertThat(proposed.path("nonce").asText()).isEqualTo("nonce");
        assertThat(proposed.at("/choices/0/value").asText()).isEqualTo("apple");
    }

    @Test
    void aModalIsFilledInOnce() {
        // Given
        register(slash("form"));
        JsonNode asked = use("form");
        ObjectNode modal = Json.object().put("custom_id", "colors").put("title", "Colors");
        modal.putArray("components")
                .addObject()
                .put("type", 1)
                .putArray("components")
                .addObject()
                .put("type", 4)
                .put("custom_id", "color")
                .put("label", "Color")
                .put("style", 1)
                .put("max_length", 5);

        // When
        answer(asked, 9, modal).expect(204);

        // Then
        JsonNode shown = asking.awaitDispatch("INTERACTION_MODAL_CREATE").path("d");
        assertThat(shown.path("id")).isEqualTo(asked.path("id"));
        assertThat(shown.path("components")).isEqualTo(modal.path("components"));
        assertThat(code(caller.send(5, filledIn(asked, "turquoise")), 400)).isEqualTo(50035);
        caller.send(5, filledIn(asked, "green")).expect(204);
        JsonNode submitted = client.awaitDispatch("INTERACTION_CREATE").path("d");
        assertThat(submitted.path("type").asInt()).isEqualTo(5);
        assertThat(submitted.at("/data/components/0/components/0/value").asText())
                .isEqualTo("green");
        answer(submitted, 4, Map.of("content", "so be it")).expect(204);
        asking.awaitMessage("so be it");
        assertThat(code(caller.send(5, filledIn(asked, "green")), 404)).isEqualTo(10062);
    }

    @Test
    void commandsOnUsersAndMessagesSayWhichOne() {
        // Given
        register(Json.object().put("name", "Greet").put("type", 2));
        register(Json.object().put("name", "Quote").put("type", 3));
        String messageId =
                people.say(owner, place.channelId(), "something").path("id").asText();

        // When
        caller.send(2, caller.slash("Greet", Json.array()).put("target_id", owner.id()))
                .expect(204);

        // Then
        JsonNode user = client.awaitDispatch("INTERACTION_CREATE").path("d");
        assertThat(user.at("/data/target_id").asText()).isEqualTo(owner.id());
        assertThat(user.at("/data/resolved/members/" + owner.id()).isObject()).isTrue();
        answer(user, 4, Map.of("content", "greetings")).expect(204);
        JsonNode message = asking.awaitMessage("greetings").path("d");
        assertThat(message.path("type").asInt()).isEqualTo(23);
        assertThat(message.at("/interaction_metadata/target_user/id").asText()).isEqualTo(owner.id());

        // When
        caller.send(2, caller.slash("Quote", Json.array()).put("target_id", messageId))
                .expect(204);

        // Then
        JsonNode quoted = client.awaitDispatch("INTERACTION_CREATE").path("d");
        assertThat(quoted.at("/data/resolved/messages/" + messageId + "/content")
                        .asText())
                .isEqualTo("something");
    }

    @Test
    void aCommandIsUsedAsItIsRegisteredAndByWhoMay() {
        // Given
        ObjectNode command = slash("order");
        ArrayNode options = command.putArray("options");
        option(options, 3, "size")
                .put("required", true)
                .putArray("choices")
                .addObject()
                .put("name", "Small")
                .put("value", "s");
        option(options, 4, "count").put("max_value", 3);
        register(command);
        register(slash("hidden").put("default_member_permissions", "0"));

        // Then
        assertThat(code(caller.use("order", Json.array()), 400)).isEqualTo(50035);
        assertThat(code(caller.use("order", values("size", 3, Json.tree("xl"))), 400))
                .isEqualTo(50035);
        assertThat(code(caller.use("order", values("other", 3, Json.tree("s"))), 400))
                .isEqualTo(50035);
        ArrayNode tooMany = values("size", 3, Json.tree("s"));
        tooMany.addAll(values("count", 4, Json.tree(4)));
        assertThat(code(caller.use("order", tooMany), 400)).isEqualTo(50035);
        assertThat(caller.use("order", values("size", 3, Json.tree("s"))).status())
                .isEqualTo(204);
        ObjectNode outdated = caller.slash("order", values("size", 3, Json.tree("s")));
        assertThat(code(caller.send(2, outdated.put("version", "1")), 400)).isEqualTo(50035);
        assertThat(code(caller.send(2, outdated.put("id", "1")), 404)).isEqualTo(10063);
        Caller manager = new Caller(rest, owner, bot.id(), place);
        ObjectNode hidden = manager.slash("hidden", Json.array());
        assertThat(manager.send(2, hidden).status()).isEqualTo(204);
        assertThat(code(caller.send(2, hidden), 403)).isEqualTo(50013);
        Person stranger = people.user();
        assertThat(code(new Caller(rest, stranger, bot.id(), place).send(2, hidden), 404))
                .isEqualTo(10003);
        assertThat(code(new Caller(rest, bot, bot.id(), place).send(2, hidden), 403))
                .isEqualTo(20001);
    }

    @Test
    void commandsOfAllGuildsWorkInDirectMessagesWithTheBot() {
        // Given
        rest.post("/applications/" + bot.id() + "/commands", "Bot " + bot.token(), slash("ping"))
                .expect(201);
        String channelId = rest.post("/users/@me/channels", member.token(), Map.of("recipient_id", bot.id()))
                .expect(200)
                .path("id")
                .asText();
        JsonNode command = caller.command("ping");
        ObjectNode form =
                Json.object().put("type", 2).put("application_id", bot.id()).put("channel_id", channelId);
        form.putObject("data").setAll(caller.slash("ping", Json.array()));
        assertThat(command.path("name").asText()).isEqualTo("ping");

        // When
        rest.post("/interactions", member.token(), form).expect(204);

        // Then
        JsonNode asked = client.awaitDispatch("INTERACTION_CREATE").path("d");
        assertThat(asked.at("/user/id").asText()).isEqualTo(member.id());
        assertThat(asked.has("member")).isFalse();
        assertThat(asked.path("context").asInt()).isEqualTo(1);
        answer(asked, 4, Map.of("content", "pong")).expect(204);
        assertThat(rest.get("/channels/" + channelId + "/messages", member.token())
                        .expect(200)
                        .get(0)
                        .path("content")
                        .asText())
                .isEqualTo("pong");
    }

    @Test
    void whoHasNoTokenAnswersNothing() {
        // Given
        register(slash("ping"));
        JsonNode asked = use("ping");
        String id = asked.path("id").asText();

        // Then
        assertThat(code(rest.post("/interactions/" + id + "/token/callback", null, response(4, Map.of())), 404))
                .isEqualTo(10062);
        String token = asked.path("token").asText();
        assertThat(code(rest.post("/interactions/1/" + token + "/callback", null, response(4, Map.of())), 404))
                .isEqualTo(10062);
        assertThat(code(rest.post("/webhooks/" + bot.id() + "/token", null, Map.of("content", "x")), 401))
                .isEqualTo(50027);
        assertThat(code(answer(asked, 4, Map.of()), 400)).isEqualTo(50006);
        assertThat(code(answer(asked, 7, Map.of("content", "x")), 400)).isEqualTo(50035);
        answer(asked, 4, Map.of("content", "pong")).expect(204);
    }

    @Test
    void anAnswerThatComesTooLateIsNone() {
        // Given
        register(slash("ping"));
        JsonNode late = use("ping");
        pass(Duration.ofMinutes(1));
        JsonNode asked = use("ping");

        // Then
        assertThat(code(answer(late, 4, Map.of("content", "late")), 404)).isEqualTo(10062);
        answer(asked, 4, Map.of("content", "in time")).expect(204);
        followUp(asked, "and more").expect(200);
        pass(Duration.ofMinutes(15));
        assertThat(code(followUp(asked, "too much"), 401)).isEqualTo(50027);
    }

    @Test
    void answersAndWhatFollowsHaveFiles() {
        // Given
        register(slash("ping"));
        JsonNode asked = use("ping");

        // When
        JsonNode answered = files.send(
                        "POST",
                        callback(asked) + "?with_response=true",
                        null,
                        response(4, Map.of("content", "pong")),
                        List.of(file("a.txt")))
                .expect(200)
                .at("/resource/message");
        JsonNode changed = files.send("PATCH", original(asked), null, null, List.of(file("b.txt")))
                .expect(200);
        JsonNode hidden = files.send(
                        "POST", hook(asked) + "?wait=true", null, Map.of("flags", EPHEMERAL), List.of(file("c.txt")))
                .expect(200);

        // Then
        assertThat(names(answered)).containsExactly("a.txt");
        assertThat(names(changed)).containsExactly("a.txt", "b.txt");
        assertThat(names(rest.get(messages(), member.token()).expect(200).get(0)))
                .containsExactly("a.txt", "b.txt");
        assertThat(files.get(hidden.at("/attachments/0/url").asText()).body())
                .isEqualTo("c.txt".getBytes(StandardCharsets.UTF_8));
        String path = hook(asked) + "/messages/" + hidden.path("id").asText();
        assertThat(names(files.send("PATCH", path, null, Map.of("attachments", List.of()), List.of(file("d.txt")))
                        .expect(200)))
                .containsExactly("d.txt");
    }

    @Test
    void whatWasPromisedMayBeAFile() {
        // Given
        register(slash("slow"));
        JsonNode asked = use("slow");
        answer(asked, 5, Map.of()).expect(204);

        // When
        JsonNode promised = files.send("POST", hook(asked) + "?wait=true", null, null, List.of(file("a.txt")))
                .expect(200);

        // Then
        assertThat(names(promised)).containsExactly("a.txt");
        assertThat(rest.get(original(asked), null).expect(200).path("id")).isEqualTo(promised.path("id"));
    }

    private static Upload file(String name) {
        return Upload.first(name, "text/plain", name.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(JsonNode message) {
        return message.path("attachments").findValuesAsText("filename");
    }

    private JsonNode use(String name) {
        caller.use(name, Json.array()).expect(204);
        return client.awaitDispatch("INTERACTION_CREATE").path("d");
    }

    private Reply answer(JsonNode asked, int type, Object data) {
        return rest.post(callback(asked), null, response(type, data));
    }

    private static ObjectNode response(int type, Object data) {
        ObjectNode response = Json.object().put("type", type);
        response.set("data", Json.tree(data));
        return response;
    }

    /** Lets time pass, which also closes connections between two requests. */
    private void pass(Duration time) {
        cutter.pass(time);
        rest.reconnect();
    }

    private Reply followUp(JsonNode asked, String content) {
        return rest.post(hook(asked) + "?wait=true", null, Map.of("content", content));
    }

    private static String callback(JsonNode asked) {
        return "/interactions/" + asked.path("id").asText() + "/"
                + asked.path("token").asText() + "/callback";
    }

    private String hook(JsonNode asked) {
        return "/webhooks/" + bot.id() + "/" + asked.path("token").asText();
    }

    private String original(JsonNode asked) {
        return hook(asked) + "/messages/@original";
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    private void register(ObjectNode command) {
        rest.post(
                        "/applications/" + bot.id() + "/guilds/" + place.guildId() + "/commands",
                        "Bot " + bot.token(),
                        command)
                .expect(201);
    }

    private static ObjectNode slash(String name) {
        return Json.object().put("name", name).put("description", "does something");
    }

    private static ObjectNode option(ArrayNode options, int type, String name) {
        return options.addObject().put("type", type).put("name", name).put("description", "a " + name);
    }

    private static ArrayNode values(String name, int type, JsonNode value) {
        ArrayNode values = Json.array();
        values.addObject().put("type", type).put("name", name).set("value", value);
        return values;
    }

    private static ObjectNode withButton(String content) {
        ObjectNode form = Json.object().put("content", content);
        form.putArray("components")
                .addObject()
                .put("type", 1)
                .putArray("components")
                .addObject()
                .put("type", 2)
                .put("style", 1)
                .put("label", "Press")
                .put("custom_id", "press");
        return form;
    }

    private static ObjectNode filledIn(JsonNode asked, String color) {
        ObjectNode data = Json.object().put("custom_id", "colors");
        data.set("id", asked.path("id"));
        data.putArray("components")
                .addObject()
                .put("type", 1)
                .putArray("components")
                .addObject()
                .put("type", 4)
                .put("custom_id", "color")
                .put("value", color);
        return data;
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
