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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client says and hears on the gateway, frame by frame. */
@ExtendWith(LocalCloudExtension.class)
class ConversationTest {

    private static final long GUILDS_AND_MESSAGES = 513;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;

    ConversationTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @Test
    void helloComesUnasked() {
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            JsonNode hello = client.next();

            assertThat(hello.path("op").asInt()).isEqualTo(10);
            assertThat(hello.path("d").path("heartbeat_interval").asInt()).isEqualTo(270_000);
        }
    }

    @Test
    void readyComesFirstThenTheGuilds() {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);

            // When
            client.identify(user.token(), GUILDS_AND_MESSAGES);

            // Then
            JsonNode ready = client.next();
            assertThat(ready.path("t").asText()).isEqualTo("READY");
            assertThat(ready.path("s").asInt()).isEqualTo(1);
            assertThat(ready.path("d").path("private_channels").isArray()).isTrue();
            assertThat(ready.path("d").path("user").path("id").asText()).isEqualTo(user.id());
            assertThat(ready.path("d").path("guilds").get(0).path("id").asText())
                    .isEqualTo(place.guildId());
            JsonNode guild = client.next();
            assertThat(guild.path("t").asText()).isEqualTo("GUILD_CREATE");
            assertThat(guild.path("s").asInt()).isEqualTo(2);
            assertThat(guild.path("d")
                            .path("members")
                            .get(0)
                            .path("user")
                            .path("id")
                            .asText())
                    .isEqualTo(user.id());
        }
    }

    @Test
    void identifyBeforeHelloIsAccepted() {
        Person user = people.user();
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.identify(user.token(), GUILDS_AND_MESSAGES); // as JDA does

            List<Integer> ops = List.of(
                    client.next().path("op").asInt(), client.next().path("op").asInt());

            assertThat(ops).containsExactlyInAnyOrder(10, 0);
        }
    }

    @Test
    void aWrongTokenIsAnInvalidSession() {
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);

            client.identify("nonsense", GUILDS_AND_MESSAGES);

            JsonNode answer = client.next();
            assertThat(answer.path("op").asInt()).isEqualTo(9);
            assertThat(answer.path("d").asBoolean(true)).isFalse();
        }
    }

    @Test
    void aHeartbeatIsAcknowledged() {
        Person user = people.user();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), user.token(), GUILDS_AND_MESSAGES)) {
            client.send(1, Json.tree(1));

            assertThat(client.next().path("op").asInt()).isEqualTo(11);
        }
    }

    @Test
    void aMessageSentByRestReachesEveryMember() {
        // Given
        Person author = people.user();
        Person reader = people.user();
        Place place = people.guild(author);
        people.join(place, author, List.of(reader));
        try (GatewayClient first = GatewayClient.ready(cloud.gatewayUrl(), author.token(), GUILDS_AND_MESSAGES);
                GatewayClient second = GatewayClient.ready(cloud.gatewayUrl(), reader.token(), GUILDS_AND_MESSAGES)) {

            // When
            String id = people.say(author, place.channelId(), "hello, all")
                    .path("id")
                    .asText();

            // Then
            for (GatewayClient client : List.of(first, second)) {
                JsonNode message = client.awaitMessage("hello, all").path("d");
                assertThat(message.path("id").asText()).isEqualTo(id);
                assertThat(message.path("guild_id").asText()).isEqualTo(place.guildId());
                assertThat(message.path("member").path("roles").isArray()).isTrue();
            }
        }
    }

    @Test
    void aSessionWithoutTheIntentHearsNothing() {
        // Given
        Person author = people.user();
        Place place = people.guild(author);
        try (GatewayClient deaf = GatewayClient.ready(cloud.gatewayUrl(), author.token(), 1);
                GatewayClient hearing = GatewayClient.ready(cloud.gatewayUrl(), author.token(), GUILDS_AND_MESSAGES)) {
            deaf.awaitDispatch("GUILD_CREATE");

            // When
            people.say(author, place.channelId(), "do you hear me");
            hearing.awaitMessage("do you hear me");
            rest.post(
                            "/guilds/" + place.guildId() + "/channels",
                            author.token(),
                            Json.object().put("name", "later"))
                    .expect(201);

            // Then
            assertThat(deaf.next().path("t").asText()).isEqualTo("CHANNEL_CREATE");
        }
    }

    @Test
    void joiningWhileConnectedBringsTheGuildThenItsMessages() {
        // Given
        Person host = people.user();
        Person guest = people.user();
        Place place = people.guild(host);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), guest.token(), GUILDS_AND_MESSAGES)) {

            // When
            people.join(place, host, List.of(guest));
            people.say(host, place.channelId(), "welcome");

            // Then
            JsonNode first = client.next();
            assertThat(first.path("t").asText()).isEqualTo("GUILD_CREATE");
            assertThat(first.path("d").path("id").asText()).isEqualTo(place.guildId());
            client.awaitMessage("welcome");
        }
    }

    @Test
    void aClientMessageWithoutAChannelGoesToSavedMessages() {
        // Given
        Person user = people.user();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), user.token(), GUILDS_AND_MESSAGES)) {

            // When
            client.sendText("{\"op\":0,\"t\":\"MESSAGE_CREATE\",\"d\":{\"content\":\"note to self\"}}");

            // Then
            String channelId = client.awaitMessage("note to self")
                    .path("d")
                    .path("channel_id")
                    .asText();
            JsonNode history = rest.get("/channels/" + channelId + "/messages", user.token())
                    .expect(200);
            assertThat(history.get(0).path("content").asText()).isEqualTo("note to self");
        }
    }

    @Test
    void resumeReplaysEverythingAfterSeq() {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        GatewayClient client = GatewayClient.connect(cloud.gatewayUrl());
        client.awaitOp(10);
        client.identify(user.token(), GUILDS_AND_MESSAGES);
        JsonNode ready = client.awaitDispatch("READY").path("d");
        people.say(user, place.channelId(), "one");
        long seen = client.awaitMessage("one").path("s").asLong();
        client.cut();

        // When
        people.say(user, place.channelId(), "two");
        people.say(user, place.channelId(), "three");
        try (GatewayClient back =
                GatewayClient.connect(ready.path("resume_gateway_url").asText())) {
            back.awaitOp(10);
            back.resume(user.token(), ready.path("session_id").asText(), seen);

            // Then
            JsonNode two = back.next();
            JsonNode three = back.next();
            JsonNode resumed = back.next();
            assertThat(two.path("d").path("content").asText()).isEqualTo("two");
            assertThat(two.path("s").asLong()).isEqualTo(seen + 1);
            assertThat(three.path("d").path("content").asText()).isEqualTo("three");
            assertThat(three.path("s").asLong()).isEqualTo(seen + 2);
            assertThat(resumed.path("t").asText()).isEqualTo("RESUMED");
            assertThat(resumed.path("d").isObject()).isTrue();
            assertThat(resumed.path("s").asLong()).isEqualTo(seen + 3);
        }
    }

    @Test
    void aClientThatFloodsIsToldToReconnectAndClosed() throws Exception {
        Person user = people.user();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), user.token(), GUILDS_AND_MESSAGES)) {
            for (int i = 0; i < 140; i++) {
                client.sendText("{\"op\":1,\"d\":null}");
            }

            client.awaitOp(7);

            assertThat(client.awaitClose()).isEqualTo(1000);
        }
    }
}
