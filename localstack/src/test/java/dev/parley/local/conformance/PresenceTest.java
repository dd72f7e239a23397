package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who sees whom, and how. */
@ExtendWith(LocalCloudExtension.class)
class PresenceTest {

    /** GUILDS, GUILD_PRESENCES, GUILD_MESSAGES. */
    private static final long WITH_PRESENCES = 1 | 1 << 8 | 1 << 9;

    private static final long WITHOUT_PRESENCES = 1 | 1 << 9;

    private final LocalCloud cloud;
    private final People people;

    private Person watcher;
    private Person other;
    private Place place;

    PresenceTest(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
    }

    @BeforeEach
    void meet() {
        watcher = people.user();
        other = people.user();
        place = people.guild(watcher);
        people.join(place, watcher, List.of(other));
    }

    @Test
    void whoComesIsOnlineAndWhoSaysFarewellIsOfflineAtOnce() {
        try (GatewayClient client = watch()) {
            GatewayClient coming = connect(other, null);

            JsonNode online = awaitPresence(client, other);
            assertThat(online.path("status").asText()).isEqualTo("online");
            assertThat(online.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(online.path("client_status")).isEqualTo(Json.parse("{\"desktop\":\"online\"}"));

            coming.close(1000);

            JsonNode offline = awaitPresence(client, other);
            assertThat(offline.path("status").asText()).isEqualTo("offline");
            assertThat(offline.path("activities")).isEmpty();
        }
    }

    @Test
    void whoIsOnlineAndJoinsIsOnlineThere() {
        Person newcomer = people.user();
        try (GatewayClient client = watch();
                GatewayClient _ = connect(newcomer, null)) {
            people.join(place, watcher, List.of(newcomer));

            JsonNode online = awaitPresence(client, newcomer);
            assertThat(online.path("status").asText()).isEqualTo("online");
            assertThat(online.path("guild_id").asText()).isEqualTo(place.guildId());
        }
    }

    @Test
    void whoLosesTheConnectionIsStillThere() {
        try (GatewayClient client = watch();
                GatewayClient coming = connect(other, null)) {
            awaitPresence(client, other);

            // When
            coming.cut();
            people.say(other, place.channelId(), "still here");

            // Then
            assertThat(presencesUntil(client, "still here")).isEmpty();
        }
    }

    @Test
    void twoSessionsShowAsOne() {
        try (GatewayClient client = watch();
                GatewayClient desktop = connect(other, presence("dnd", "a game"))) {
            assertThat(awaitPresence(client, other).path("status").asText()).isEqualTo("dnd");

            // When
            GatewayClient phone = connect(other, presence("idle", "a song"));

            // Then
            JsonNode both = awaitPresence(client, other);
            assertThat(both.path("status").asText()).isEqualTo("idle");
            assertThat(both.path("activities").findValuesAsText("name")).containsExactly("a song", "a game");

            // When
            phone.close(1000);

            // Then
            JsonNode one = awaitPresence(client, other);
            assertThat(one.path("status").asText()).isEqualTo("dnd");
            assertThat(one.path("activities").findValuesAsText("name")).containsExactly("a game");
            desktop.send(3, presence("online", "a game"));
            assertThat(awaitPresence(client, other).path("status").asText()).isEqualTo("online");
        }
    }

    @Test
    void whoIsInvisibleIsNotThere() {
        try (GatewayClient client = watch();
                GatewayClient hidden = connect(other, presence("invisible", "a secret"))) {
            // When
            people.say(other, place.channelId(), "guess who");

            // Then
            assertThat(presencesUntil(client, "guess who")).isEmpty();
            hidden.send(3, presence("online", "no secret"));
            assertThat(awaitPresence(client, other).path("status").asText()).isEqualTo("online");
            hidden.send(3, presence("invisible", "a secret"));
            JsonNode gone = awaitPresence(client, other);
            assertThat(gone.path("status").asText()).isEqualTo("offline");
            assertThat(gone.path("activities")).isEmpty();
        }
    }

    @Test
    void whatOthersSeeAlreadyIsNotToldAgain() {
        try (GatewayClient client = watch();
                GatewayClient coming = connect(other, presence("dnd", "a game"))) {
            awaitPresence(client, other);

            // When
            coming.send(3, presence("asleep", "a game"));
            coming.send(3, presence("idle", "a game"));

            // Then
            assertThat(awaitPresence(client, other).path("status").asText()).isEqualTo("idle");
        }
    }

    @Test
    void aSessionWithoutTheIntentHearsAndSeesNothing() {
        try (GatewayClient deaf = GatewayClient.ready(cloud.gatewayUrl(), watcher.token(), WITHOUT_PRESENCES);
                GatewayClient client = watch();
                GatewayClient _ = connect(other, null)) {
            JsonNode guild = deaf.awaitDispatch("GUILD_CREATE").path("d");
            awaitPresence(client, other);
            people.say(other, place.channelId(), "hear me");

            assertThat(presencesUntil(deaf, "hear me")).isEmpty();
            assertThat(guild.path("presences")).isEmpty();
            assertThat(guild.path("members")).hasSize(1);
            assertThat(guild.path("member_count").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aGuildComesWithItsMembersAndWhoIsThere() {
        Person offline = people.user();
        people.join(place, watcher, List.of(offline));
        try (GatewayClient client = watch();
                GatewayClient _ = connect(other, presence("dnd", "a game"))) {
            awaitPresence(client, other);

            // When
            try (GatewayClient late = GatewayClient.ready(cloud.gatewayUrl(), watcher.token(), WITH_PRESENCES)) {
                JsonNode guild = late.awaitDispatch("GUILD_CREATE").path("d");

                // Then
                assertThat(guild.path("members").findValuesAsText("id"))
                        .contains(watcher.id(), other.id(), offline.id())
                        .hasSize(3);
                assertThat(guild.path("large").asBoolean()).isFalse();
                assertThat(guild.path("presences").findValuesAsText("id"))
                        .containsExactlyInAnyOrder(watcher.id(), other.id());
                assertThat(guild.path("presences").findValuesAsText("status")).contains("dnd", "online");
            }
        }
    }

    @Test
    void beforeIdentifyThereIsNobodyToShow() {
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);

            client.send(3, presence("dnd", "a game"));

            assertThat(client.next().path("op").asInt()).isEqualTo(9);
        }
    }

    /** Ready, and past its own presence, which it hears of only when somebody else does too. */
    private GatewayClient watch() {
        GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), watcher.token(), WITH_PRESENCES);
        client.awaitDispatch("GUILD_CREATE");
        return client;
    }

    private GatewayClient connect(Person person, @Nullable JsonNode presence) {
        GatewayClient client = GatewayClient.connect(cloud.gatewayUrl());
        client.awaitOp(10);
        ObjectNode identify = Json.object();
        identify.put("token", person.token());
        identify.put("intents", 0);
        identify.putObject("properties").put("os", "test");
        if (presence != null) {
            identify.set("presence", presence);
        }
        client.send(2, identify);
        client.awaitDispatch("READY");
        return client;
    }

    private static ObjectNode presence(String status, String activity) {
        ObjectNode presence = Json.object();
        presence.putNull("since");
        presence.putArray("activities").addObject().put("name", activity).put("type", 0);
        presence.put("status", status);
        presence.put("afk", false);
        return presence;
    }

    private static JsonNode awaitPresence(GatewayClient client, Person of) {
        while (true) {
            JsonNode data = client.awaitDispatch("PRESENCE_UPDATE").path("d");
            if (data.path("user").path("id").asText().equals(of.id())) {
                return data;
            }
        }
    }

    /** Presences of others that come before a message. */
    private List<JsonNode> presencesUntil(GatewayClient client, String content) {
        List<JsonNode> presences = new java.util.ArrayList<>();
        while (true) {
            JsonNode frame = client.next();
            JsonNode data = frame.path("d");
            if (frame.path("t").asText().equals("PRESENCE_UPDATE")
                    && !data.path("user").path("id").asText().equals(watcher.id())) {
                presences.add(data);
            }
            if (data.path("content").asText().equals(content)) {
                return presences;
            }
        }
    }
}
