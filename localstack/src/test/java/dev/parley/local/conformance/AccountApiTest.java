package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts and tokens through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class AccountApiTest {

    private final RestClient rest;
    private final People people;
    private final String name = "n" + UUID.randomUUID().toString().substring(0, 12);

    AccountApiTest(LocalCloud cloud) {
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @Test
    void registeringGivesTheUsersOwnFieldsBesideTokens() {
        JsonNode body = register(name, name + "@example.com").expect(201);

        assertThat(body.path("username").asText()).isEqualTo(name);
        assertThat(body.path("email").asText()).isEqualTo(name + "@example.com");
        assertThat(body.path("tokens").path("access_token").asText()).isNotEmpty();
        assertThat(body.path("tokens").path("refresh_token").asText()).isNotEmpty();
        assertThat(body.path("tokens").path("expires_in").asLong()).isPositive();
    }

    @Test
    void aTakenNameOrAddressIsAFormErrorWithoutRegardToCase() {
        register(name, name + "@example.com").expect(201);

        JsonNode sameName = register(name.toUpperCase(Locale.ROOT), "other" + name + "@example.com")
                .expect(400);
        JsonNode sameAddress = register("other" + name, name.toUpperCase(Locale.ROOT) + "@EXAMPLE.com")
                .expect(400);

        assertThat(error(sameName, "username")).isEqualTo("USERNAME_ALREADY_TAKEN");
        assertThat(error(sameAddress, "email")).isEqualTo("EMAIL_ALREADY_REGISTERED");
    }

    @Test
    void ofManyAtOnceOneGetsTheName() {
        List<CompletableFuture<Reply>> tries = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> rest.sendAsync("POST", "/auth/register", null, form(name, i + name + "@example.com")))
                .toList();

        List<Integer> statuses = tries.stream()
                .map(CompletableFuture::join)
                .map(Reply::status)
                .sorted()
                .toList();

        assertThat(statuses).containsExactly(201, 400, 400, 400, 400, 400, 400, 400);
    }

    @Test
    void aBurstOf200RegistrationsPasses() {
        List<CompletableFuture<Reply>> burst = java.util.stream.IntStream.range(0, 200)
                .mapToObj(
                        i -> rest.sendAsync("POST", "/auth/register", null, form(name + i, name + i + "@example.com")))
                .toList();

        assertThat(burst.stream().map(CompletableFuture::join).map(Reply::status))
                .containsOnly(201);
    }

    @Test
    void whichPartOfASignInIsWrongIsNotSaid() {
        register(name, name + "@example.com").expect(201);

        JsonNode wrongPassword = login(name + "@example.com", "wrong horse").expect(400);
        JsonNode unknownAddress =
                login("nobody" + name + "@example.com", "wrong horse").expect(400);

        assertThat(wrongPassword).isEqualTo(unknownAddress);
        assertThat(login(name.toUpperCase(Locale.ROOT) + "@example.com", "correct horse")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRefreshTokenWorksOnceAndItsReuseEndsTheFamily() {
        // Given
        JsonNode tokens = register(name, name + "@example.com").expect(201).path("tokens");
        JsonNode fresh = refresh(tokens).expect(200).path("tokens");
        assertThat(me(fresh).status()).isEqualTo(200);

        // When
        Reply reuse = refresh(tokens);

        // Then
        assertThat(reuse.status()).isEqualTo(401);
        assertThat(me(fresh).status()).as("the thief's or the victim's").isEqualTo(401);
        assertThat(me(tokens).status()).isEqualTo(401);
        assertThat(refresh(fresh).status()).isEqualTo(401);
    }

    @Test
    void loggingOutEndsTheSignInAndNoOther() {
        JsonNode one = register(name, name + "@example.com").expect(201).path("tokens");
        JsonNode other =
                login(name + "@example.com", "correct horse").expect(200).path("tokens");

        rest.post("/auth/logout", one.path("access_token").asText(), null).expect(204);

        assertThat(me(one).status()).isEqualTo(401);
        assertThat(refresh(one).status()).isEqualTo(401);
        assertThat(me(other).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bot ", "bearer "})
    void aTokenIsTakenWithAndWithoutItsScheme(String scheme) {
        Person user = people.user();

        assertThat(rest.get("/users/@me", scheme + user.token())
                        .expect(200)
                        .path("id")
                        .asText())
                .isEqualTo(user.id());
    }

    @Test
    void everyVersionIsTheSameApiAndOthersAreNone(LocalCloud cloud) {
        for (String version : List.of("v1", "v9", "v10")) {
            RestClient client = new RestClient(cloud.baseUrl(), version);
            assertThat(client.get("/gateway", null).status()).as(version).isEqualTo(200);
        }
        RestClient unknown = new RestClient(cloud.baseUrl(), "v3");
        assertThat(unknown.get("/gateway", null).expect(400).path("code").asInt())
                .isEqualTo(50041);
    }

    @Test
    void noTokenIsDiscordsUnauthorized() {
        JsonNode body = rest.get("/users/@me", null).expect(401);

        assertThat(body.path("code").asInt()).isZero();
        assertThat(body.path("message").asText()).isEqualTo("401: Unauthorized");
    }

    @Test
    void brokenJsonIsRefusedWithoutAFault() {
        JsonNode body =
                rest.send("POST", "/auth/login", null, Json.array().add("x")).expect(400);

        assertThat(body.path("code").asInt()).isEqualTo(50035);
    }

    @Test
    void aRateLimitIsToldInHeadersAndEndsIn429() {
        // Given
        Person user = people.user();
        Reply first = rest.get("/users/@me", user.token());
        assertThat(first.headers().firstValue("x-ratelimit-bucket")).isPresent();
        int limit =
                Integer.parseInt(first.headers().firstValue("x-ratelimit-limit").orElseThrow());

        // When
        List<Reply> replies = java.util.stream.Stream.generate(
                        () -> rest.sendAsync("GET", "/users/@me", user.token(), null))
                .limit(limit + 20)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // Then
        Reply refused = replies.stream()
                .filter(reply -> reply.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.body().path("retry_after").asDouble()).isPositive();
        assertThat(refused.body().path("global").isBoolean()).isTrue();
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(refused.headers().firstValue("via"))
                .as("discord.py needs it")
                .isPresent();
    }

    private Reply register(String username, String email) {
        return rest.post("/auth/register", null, form(username, email));
    }

    private static ObjectNode form(String username, String email) {
        return Json.object().put("username", username).put("email", email).put("password", "correct horse");
    }

    private Reply login(String email, String password) {
        return rest.post("/auth/login", null, Map.of("email", email, "password", password));
    }

    private Reply refresh(JsonNode tokens) {
        return rest.post(
                "/auth/refresh",
                null,
                Map.of("refresh_token", tokens.path("refresh_token").asText()));
    }

    private Reply me(JsonNode tokens) {
        return rest.get("/users/@me", tokens.path("access_token").asText());
    }

    private static String error(JsonNode body, String field) {
        return body.path("errors")
                .path(field)
                .path("_errors")
                .path(0)
                .path("code")
                .asText();
    }
}
