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
import dev.parley.protocol.Intent;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The current user and others, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class UserApiTest {

    private static final long INTENTS = Intent.GUILDS.mask() | Intent.GUILD_MEMBERS.mask();

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person user;
    private Person other;

    UserApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        user = people.user();
        other = people.user();
    }

    @Test
    void aNewNameIsSeenEverywhereAtOnce() {
        // Given
        Place place = people.guild(user);
        people.join(place, user, List.of(other));
        String name = "new" + user.name().substring(0, 15);
        assertThat(see(user).path("username").asText()).isEqualTo(user.name());
        try (GatewayClient own = GatewayClient.ready(cloud.gatewayUrl(), user.token(), 0);
                GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), other.token(), INTENTS)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode body = patch(Json.object().put("username", name).put("global_name", "New"))
                    .expect(200);

            // Then
            assertThat(body.path("username").asText()).isEqualTo(name);
            assertThat(see(user).path("username").asText()).isEqualTo(name);
            assertThat(see(user).path("global_name").asText()).isEqualTo("New");
            assertThat(see(user).has("email")).isFalse();
            assertThat(own.awaitDispatch("USER_UPDATE").path("d")).isEqualTo(body);
            JsonNode member = client.awaitDispatch("GUILD_MEMBER_UPDATE").path("d");
            assertThat(member.at("/user/username").asText()).isEqualTo(name);
            assertThat(member.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(people.say(user, place.channelId(), "hello")
                            .at("/author/username")
                            .asText())
                    .isEqualTo(name);
        }
    }

    @Test
    void whatChangesNothingIsToldToNobody() {
        try (GatewayClient own = GatewayClient.ready(cloud.gatewayUrl(), user.token(), 0)) {
            patch(Json.object().put("username", user.name()).putNull("avatar").putNull("banner"))
                    .expect(200);
            patch(Json.object().put("global_name", "Anna")).expect(200);

            assertThat(own.awaitDispatch("USER_UPDATE").at("/d/global_name").asText())
                    .isEqualTo("Anna");
            patch(Json.object().putNull("global_name")).expect(200);
            assertThat(own.next().at("/d/global_name").isNull()).isTrue();
        }
    }

    @Test
    void namesHaveRules() {
        assertThat(error(patch(Json.object().put("username", "a")), "username")).isEqualTo("BASE_TYPE_BAD_LENGTH");
        assertThat(error(patch(Json.object().put("username", "a b")), "username"))
                .isEqualTo("USERNAME_INVALID_CHARACTERS");
        assertThat(error(patch(Json.object().put("username", other.name())), "username"))
                .isEqualTo("USERNAME_ALREADY_TAKEN");
        assertThat(error(patch(Json.object().put("global_name", "x".repeat(33))), "global_name"))
                .isEqualTo("BASE_TYPE_BAD_LENGTH");
        assertThat(patch(Json.object().put("global_name", "😀".repeat(32))).status())
                .isEqualTo(200);
        assertThat(error(patch(Json.object().put("avatar", "x")), "avatar")).isEqualTo("IMAGE_INVALID");
    }

    @Test
    void theAddressAndThePasswordNeedThePassword() {
        // Given
        String address = "new" + user.name() + "@example.com";
        assertThat(error(patch(Json.object().put("email", address)), "password"))
                .isEqualTo("BASE_TYPE_REQUIRED");
        assertThat(error(patch(Json.object().put("email", address).put("password", "wrong")), "password"))
                .isEqualTo("PASSWORD_DOES_NOT_MATCH");
        assertThat(error(
                        patch(Json.object()
                                .put("email", other.name() + "@example.com")
                                .put("password", "correct horse")),
                        "email"))
                .isEqualTo("EMAIL_ALREADY_REGISTERED");

        // When
        JsonNode body = patch(Json.object()
                        .put("email", address)
                        .put("new_password", "battery staple")
                        .put("password", "correct horse"))
                .expect(200);

        // Then
        assertThat(body.path("email").asText()).isEqualTo(address);
        rest.get("/users/@me", user.token()).expect(401);
        rest.get("/users/@me", body.path("token").asText()).expect(200);
        login(address, "correct horse").expect(400);
        login(address, "battery staple").expect(200);
    }

    @Test
    void aBotRenamesItself() {
        Place place = people.guild(user);
        Person bot = people.bot(user, place);

        JsonNode body = rest.send("PATCH", "/users/@me", bot.token(), Map.of("username", "a bot"))
                .expect(200);

        assertThat(body.path("username").asText()).isEqualTo("a bot");
        assertThat(body.path("bot").asBoolean()).isTrue();
        JsonNode authorization = rest.get("/oauth2/@me", bot.token()).expect(200);
        assertThat(authorization.at("/application/id").asText()).isEqualTo(bot.id());
        assertThat(authorization.at("/scopes/0").asText()).isEqualTo("bot");
        assertThat(rest.get("/oauth2/@me", user.token())
                        .expect(401)
                        .path("code")
                        .asInt())
                .isEqualTo(50025);
    }

    @Test
    void usersAreFoundById() {
        assertThat(see(other).path("username").asText()).isEqualTo(other.name());
        assertThat(rest.get("/users/1", user.token()).expect(404).path("code").asInt())
                .isEqualTo(10013);
        assertThat(rest.get("/users/x", user.token()).expect(404).path("code").asInt())
                .isEqualTo(10013);
        assertThat(rest.get("/users/@me/connections", user.token()).expect(200)).isEmpty();
    }

    @Test
    void theUsersGuildsComePageByPage() {
        // Given
        List<String> guilds = List.of(
                people.guild(user).guildId(),
                people.guild(user).guildId(),
                people.guild(user).guildId());
        people.guild(other);

        // Then
        assertThat(guilds("").findValuesAsText("id")).isEqualTo(guilds);
        assertThat(guilds("?limit=2").findValuesAsText("id")).isEqualTo(guilds.subList(0, 2));
        assertThat(guilds("?after=" + guilds.get(1)).findValuesAsText("id")).isEqualTo(guilds.subList(2, 3));
        assertThat(guilds("?limit=1&before=" + guilds.get(2)).findValuesAsText("id"))
                .isEqualTo(guilds.subList(1, 2));
        JsonNode counted = guilds("?with_counts=true").get(0);
        assertThat(counted.path("approximate_member_count").asInt()).isEqualTo(1);
        assertThat(counted.path("approximate_presence_count").asInt(-1)).isZero();
        assertThat(counted.path("owner").asBoolean()).isTrue();
        assertThat(rest.get("/users/@me/guilds?limit=201", user.token())
                        .expect(400)
                        .path("code")
                        .asInt())
                .isEqualTo(50035);
    }

    @Test
    void aUserSeesItselfAsAMember() {
        Place place = people.guild(user);

        JsonNode member = rest.get("/users/@me/guilds/" + place.guildId() + "/member", user.token())
                .expect(200);

        assertThat(member.at("/user/id").asText()).isEqualTo(user.id());
        assertThat(rest.get("/users/@me/guilds/" + place.guildId() + "/member", other.token())
                        .expect(404)
                        .path("code")
                        .asInt())
                .isEqualTo(10004);
    }

    private JsonNode see(Person seen) {
        return rest.get("/users/" + seen.id(), other.token()).expect(200);
    }

    private JsonNode guilds(String query) {
        return rest.get("/users/@me/guilds" + query, user.token()).expect(200);
    }

    private Reply patch(JsonNode body) {
        return rest.send("PATCH", "/users/@me", user.token(), body);
    }

    private Reply login(String email, String password) {
        return rest.post("/auth/login", null, Map.of("email", email, "password", password));
    }

    private static String error(Reply reply, String field) {
        return reply.expect(400)
                .path("errors")
                .path(field)
                .path("_errors")
                .path(0)
                .path("code")
                .asText();
    }
}
