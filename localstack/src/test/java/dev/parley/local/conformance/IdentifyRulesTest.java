package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a session begins. API Gateway hands frames that are sent one after the other to functions at the same time. */
@ExtendWith(LocalCloudExtension.class)
class IdentifyRulesTest {

    private static final int CLIENTS = 20;
    private static final int HEARTBEATS = 15;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;

    IdentifyRulesTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @Test
    void heartbeatsThatComeWithIdentifyDoNotEndTheSession() {
        Person user = people.user();
        for (int i = 0; i < CLIENTS; i++) {
            try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
                // When, as JDA and discord.py do
                client.identify(user.token(), 513);
                for (int beat = 0; beat < HEARTBEATS; beat++) {
                    client.send(1, null);
                }

                // Then
                int acknowledged = 0;
                boolean ready = false;
                while (!ready || acknowledged < HEARTBEATS) {
                    JsonNode frame = client.next();
                    assertThat(frame.path("op").asInt()).as("%s", frame).isNotEqualTo(9);
                    ready |= frame.path("t").asText().equals("READY");
                    acknowledged += frame.path("op").asInt() == 11 ? 1 : 0;
                }
            }
        }
    }

    @Test
    void aSecondIdentifyOnAConnectionClosesIt() throws Exception {
        Person user = people.user();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), user.token(), 513)) {
            client.identify(user.token(), 513);

            client.awaitOp(7);
            assertThat(client.awaitClose()).isEqualTo(1000);
        }
    }

    @Test
    void eachShardHearsOfItsOwnGuildsAndTheFirstOfDirectMessages() {
        // Given guilds of both shards, which follow from their ids
        Person user = people.user();
        Map<Integer, People.Place> guilds = new HashMap<>();
        while (guilds.size() < 2) {
            People.Place place = people.guild(user);
            guilds.put((int) ((Long.parseLong(place.guildId()) >>> 22) % 2), place);
        }
        try (GatewayClient first = shard(user, 0);
                GatewayClient second = shard(user, 1)) {

            // When
            people.say(user, guilds.get(1).channelId(), "to the second");
            people.say(user, guilds.get(0).channelId(), "to the first");
            String saved = rest.post("/users/@me/channels", user.token(), Map.of("recipient_id", user.id()))
                    .expect(200)
                    .path("id")
                    .asText();
            people.say(user, saved, "directly");
            people.say(user, guilds.get(1).channelId(), "to the second again");

            // Then
            assertThat(twoMessages(first)).containsExactlyInAnyOrder("to the first", "directly");
            assertThat(twoMessages(second)).containsExactly("to the second", "to the second again");
        }
    }

    private GatewayClient shard(Person user, int id) {
        GatewayClient client = GatewayClient.connect(cloud.gatewayUrl());
        client.awaitOp(10);
        ObjectNode data = Json.object().put("token", user.token()).put("intents", 513 | 1 << 12);
        data.putArray("shard").add(id).add(2);
        client.send(2, data);
        JsonNode ready = client.awaitDispatch("READY").path("d");
        assertThat(ready.path("shard")).isEqualTo(Json.array().add(id).add(2));
        ready.path("guilds")
                .forEach(guild ->
                        assertThat((guild.path("id").asLong() >>> 22) % 2).isEqualTo(id));
        return client;
    }

    /** The next two messages; those of different groups come in any order. */
    private static List<String> twoMessages(GatewayClient client) {
        List<String> contents = new ArrayList<>();
        while (contents.size() < 2) {
            contents.add(client.awaitDispatch("MESSAGE_CREATE")
                    .path("d")
                    .path("content")
                    .asText());
        }
        return contents;
    }
}
