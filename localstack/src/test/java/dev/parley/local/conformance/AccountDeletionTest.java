package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.StoredText;
import dev.parley.local.client.Caller;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.Pictures;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Intent;
import dev.parley.protocol.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is left of an account that was deleted. */
@ExtendWith(LocalCloudExtension.class)
class AccountDeletionTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String THUMB = "%F0%9F%91%8D";

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person going;
    private Person third;
    private Place place;

    AccountDeletionTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        going = people.user();
        third = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(going, third));
    }

    @Test
    void nothingPersonalIsLeftAnywhere() throws InterruptedException {
        // Given
        StoredText stored = new StoredText(cloud);
        liveALife();
        assertThat(stored.places(going.name())).contains("users", "members");

        // When
        delete("correct horse").expect(204);

        // Then
        long end = System.nanoTime() + DEADLINE.toNanos();
        List<String> left = stored.places(going.name());
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait(); // events that are under way hold the name until they are delivered
            left = stored.places(going.name());
        }
        assertThat(left).isEmpty();
        rest.get("/users/@me", going.token()).expect(401);
        rest.post("/auth/login", null, Map.of("email", going.name() + "@example.com", "password", "correct horse"))
                .expect(400);
        rest.post(
                        "/auth/register",
                        null,
                        Map.of(
                                "username",
                                going.name(),
                                "email",
                                going.name() + "@example.com",
                                "password",
                                "correct horse"))
                .expect(201);
    }

    @Test
    void whatOthersMessagesSayOfAUserIsTheDeletedUser() throws Exception {
        // Given
        StoredText stored = new StoredText(cloud);
        String answer = askABot();
        String mention = people.say(owner, place.channelId(), "hello <@" + going.id() + ">")
                .path("id")
                .asText();
        String forward = rest.post(
                        "/channels/" + place.channelId() + "/messages",
                        owner.token(),
                        Map.of(
                                "message_reference",
                                Map.of("type", 1, "channel_id", place.channelId(), "message_id", mention)))
                .expect(200)
                .path("id")
                .asText();
        assertThat(message(answer).at("/interaction_metadata/user/username").asText())
                .isEqualTo(going.name());
        assertThat(message(forward)
                        .at("/message_snapshots/0/message/mentions/0/username")
                        .asText())
                .isEqualTo(going.name());

        // When
        delete("correct horse").expect(204);

        // Then
        assertThat(stored.places(going.name()))
                .doesNotContain("messages", "interactions", "ephemeral_messages", "uploads");
        assertThat(message(answer).at("/interaction_metadata/user/username").asText())
                .startsWith("deleted_user_");
        assertThat(message(answer).at("/interaction/user/username").asText()).startsWith("deleted_user_");
        assertThat(message(forward)
                        .at("/message_snapshots/0/message/mentions/0/username")
                        .asText())
                .startsWith("deleted_user_");
    }

    @Test
    void noAvatarIsLeft() throws Exception {
        // Given
        String first = avatar(Pictures.dataUri("image/png", Pictures.png()));
        String second = avatar(Pictures.dataUri("image/gif", Pictures.gif()));
        assertThat(image(first)).isEqualTo(200);
        assertThat(image(second)).isEqualTo(200);

        // When
        delete("correct horse").expect(204);

        // Then
        assertThat(image(first)).isEqualTo(404);
        assertThat(image(second)).isEqualTo(404);
    }

    @Test
    void messagesStayUnderAnotherName() {
        // Given
        String message =
                people.say(going, place.channelId(), "I was here").path("id").asText();
        react(going, message);
        react(third, message);

        // When
        delete("correct horse").expect(204);

        // Then
        JsonNode left = rest.get("/channels/" + place.channelId() + "/messages/" + message, owner.token())
                .expect(200);
        assertThat(left.path("content").asText()).isEqualTo("I was here");
        assertThat(left.at("/author/id").asText()).isEqualTo(going.id());
        assertThat(left.at("/author/username").asText()).startsWith("deleted_user_");
        assertThat(left.at("/reactions/0/count").asInt()).isEqualTo(1);
        assertThat(rest.get("/users/" + going.id(), owner.token())
                        .expect(200)
                        .path("username")
                        .asText())
                .startsWith("deleted_user_");
    }

    @Test
    void othersHearThatTheUserIsGone() throws Exception {
        // Given
        String group = rest.post(
                        "/users/@me/channels", going.token(), Map.of("recipients", List.of(owner.id(), third.id())))
                .expect(200)
                .path("id")
                .asText();
        rest.send("PUT", "/users/@me/relationships/" + third.id(), going.token(), Map.of())
                .expect(204);
        String direct = rest.post("/users/@me/channels", going.token(), Map.of("recipient_id", third.id()))
                .expect(200)
                .path("id")
                .asText();
        try (GatewayClient own = GatewayClient.ready(cloud.gatewayUrl(), going.token(), 0);
                GatewayClient client =
                        GatewayClient.ready(cloud.gatewayUrl(), third.token(), Intent.GUILD_MEMBERS.mask())) {
            // When
            delete("correct horse").expect(204);

            // Then
            JsonNode removed = client.awaitDispatch("GUILD_MEMBER_REMOVE").path("d");
            assertThat(removed.at("/user/id").asText()).isEqualTo(going.id());
            assertThat(removed.at("/user/username").asText()).startsWith("deleted_user_");
            assertThat(own.awaitOp(9).path("d").asBoolean(true)).isFalse();
            own.awaitClose();
        }
        JsonNode left = rest.get("/channels/" + group, third.token()).expect(200);
        assertThat(left.path("recipients").findValuesAsText("id")).containsExactly(owner.id());
        assertThat(left.path("owner_id").asText()).isEqualTo(owner.id());
        assertThat(rest.get("/users/@me/relationships", third.token()).expect(200))
                .isEmpty();
        assertThat(rest.post("/channels/" + direct + "/messages", third.token(), Map.of("content", "hello?"))
                        .expect(403)
                        .path("code")
                        .asInt())
                .isEqualTo(50007);
        assertThat(rest.get("/guilds/" + place.guildId() + "/members/" + going.id(), owner.token())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whoOwnsAGuildOrTypesTheWrongPasswordStays() {
        assertThat(delete("wrong horse").expect(400).path("code").asInt()).isEqualTo(50035);
        people.guild(going);

        assertThat(delete("correct horse").expect(400).path("code").asInt()).isEqualTo(40011);
        rest.get("/users/@me", going.token()).expect(200);
        rest.get("/guilds/" + place.guildId(), going.token()).expect(200);
    }

    @Test
    void theBotsOfAUserGoWithIt() {
        // Given
        Person bot = people.bot(owner, place);
        rest.send("PATCH", "/guilds/" + place.guildId(), owner.token(), Map.of("owner_id", third.id()))
                .expect(200);

        // When
        rest.post("/users/@me/delete", owner.token(), Map.of("password", "correct horse"))
                .expect(204);

        // Then
        rest.get("/users/@me", bot.token()).expect(401);
        assertThat(new StoredText(cloud).places(bot.name())).doesNotContain("users", "applications", "roles");
        assertThat(rest.get("/guilds/" + place.guildId() + "/members?limit=10", third.token())
                        .expect(200))
                .hasSize(2);
    }

    @Test
    void whatIsKeptOfAUserIsExported() {
        // Given
        liveALife();

        // When
        JsonNode account = rest.get("/users/@me/export", going.token()).expect(200);
        JsonNode messages =
                rest.get(account.path("next").asText(), going.token()).expect(200);
        JsonNode reactions =
                rest.get(messages.path("next").asText(), going.token()).expect(200);

        // Then
        assertThat(account.at("/account/email").asText()).isEqualTo(going.name() + "@example.com");
        assertThat(account.at("/settings/theme").asText()).isEqualTo("light");
        assertThat(account.at("/guilds/0/nick").asText()).isEqualTo("nick" + going.name());
        assertThat(account.path("relationships")).hasSize(1);
        assertThat(messages.path("messages").findValuesAsText("content")).containsExactly("hello", "just us");
        assertThat(reactions.path("reactions")).hasSize(1);
        assertThat(reactions.path("next").isNull()).isTrue();
        assertThat(rest.get("/users/@me/export?after=nowhere", going.token())
                        .expect(400)
                        .path("code")
                        .asInt())
                .isEqualTo(50035);
    }

    private void liveALife() {
        String message =
                people.say(going, place.channelId(), "hello").path("id").asText();
        react(going, message);
        rest.send(
                        "PATCH",
                        "/guilds/" + place.guildId() + "/members/@me",
                        going.token(),
                        Map.of("nick", "nick" + going.name()))
                .expect(200);
        rest.send("PATCH", "/users/@me", going.token(), Map.of("global_name", going.name()))
                .expect(200);
        rest.send("PATCH", "/users/@me/settings", going.token(), Map.of("theme", "light"))
                .expect(200);
        rest.send("PUT", "/users/@me/relationships/" + third.id(), going.token(), Map.of("type", 2))
                .expect(204);
        rest.post("/channels/" + place.channelId() + "/messages/" + message + "/ack", going.token(), null)
                .expect(200);
        String direct = rest.post("/users/@me/channels", going.token(), Map.of("recipient_id", owner.id()))
                .expect(200)
                .path("id")
                .asText();
        people.say(going, direct, "just us");
        rest.get("/users/" + going.id(), owner.token()).expect(200);
        GatewayClient.ready(cloud.gatewayUrl(), going.token(), Intent.GUILDS.mask())
                .close();
    }

    /** Uses a bot's command, and gives the message that answers. */
    private String askABot() {
        Person bot = people.bot(owner, place);
        rest.post(
                        "/applications/" + bot.id() + "/guilds/" + place.guildId() + "/commands",
                        bot.token(),
                        Map.of("name", "ask", "description", "asks"))
                .expect(201);
        try (GatewayClient gateway = GatewayClient.ready(cloud.gatewayUrl(), bot.token(), Intent.GUILDS.mask())) {
            new Caller(rest, going, bot.id(), place).use("ask", Json.array()).expect(204);
            JsonNode asked = gateway.awaitDispatch("INTERACTION_CREATE").path("d");
            return rest.post(
                            "/interactions/" + asked.path("id").asText() + "/"
                                    + asked.path("token").asText() + "/callback?with_response=true",
                            null,
                            Map.of("type", 4, "data", Map.of("content", "answered")))
                    .expect(200)
                    .at("/resource/message/id")
                    .asText();
        }
    }

    private JsonNode message(String id) {
        return rest.get("/channels/" + place.channelId() + "/messages/" + id, owner.token())
                .expect(200);
    }

    private String avatar(String dataUri) {
        return rest.send("PATCH", "/users/@me", going.token(), Map.of("avatar", dataUri))
                .expect(200)
                .path("avatar")
                .asText();
    }

    private int image(String hash) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(
                                            cloud.baseUrl() + "/avatars/" + going.id() + "/" + hash + ".png"))
                                    .timeout(DEADLINE)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private void react(Person person, String message) {
        rest.send(
                        "PUT",
                        "/channels/" + place.channelId() + "/messages/" + message + "/reactions/" + THUMB + "/@me",
                        person.token(),
                        null)
                .expect(204);
    }

    private Reply delete(String password) {
        return rest.post("/users/@me/delete", going.token(), Map.of("password", password));
    }
}
