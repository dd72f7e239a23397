package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Direct-message channels of two and of several. */
@ExtendWith(LocalCloudExtension.class)
class DirectChannelApiTest {

    private static final long INTENTS = Intent.DIRECT_MESSAGES.mask();

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person anna;
    private Person ben;
    private Person cleo;
    private Place place;

    DirectChannelApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        anna = people.user();
        ben = people.user();
        cleo = people.user();
        place = people.guild(anna);
        people.join(place, anna, List.of(ben, cleo));
    }

    @Test
    void aNewChannelIsToldToBothAndListed() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), ben.token(), INTENTS)) {
            // When
            JsonNode channel = open(anna, Map.of("recipient_id", ben.id())).expect(200);

            // Then
            JsonNode created = client.awaitDispatch("CHANNEL_CREATE").path("d");
            assertThat(created.path("id")).isEqualTo(channel.path("id"));
            assertThat(created.at("/recipients/0/id").asText()).isEqualTo(anna.id());
            assertThat(list(ben)).containsExactly(created);
            assertThat(open(ben, Map.of("recipient_id", anna.id())).expect(200)).isEqualTo(created);
        }
    }

    @Test
    void aClosedChannelComesBackWithTheNextMessage() {
        // Given
        String direct = open(anna, Map.of("recipient_id", ben.id()))
                .expect(200)
                .path("id")
                .asText();
        people.say(anna, direct, "hello");
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), ben.token(), INTENTS)) {
            // When
            JsonNode closed = delete(direct, ben).expect(200);

            // Then
            assertThat(closed.path("id").asText()).isEqualTo(direct);
            assertThat(client.awaitDispatch("CHANNEL_DELETE").at("/d/id").asText())
                    .isEqualTo(direct);
            assertThat(list(ben)).isEmpty();
            assertThat(list(anna)).hasSize(1);
            people.say(anna, direct, "still there?");
            assertThat(list(ben)).hasSize(1);
            delete(direct, ben).expect(200);
            open(ben, Map.of("recipient_id", anna.id())).expect(200);
            assertThat(list(ben)).hasSize(1);
        }
    }

    @Test
    void aGroupIsToldToAllAndTalksAmongItself() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), cleo.token(), INTENTS)) {
            // When
            JsonNode group = group();

            // Then
            assertThat(group.path("type").asInt()).isEqualTo(3);
            assertThat(group.path("owner_id").asText()).isEqualTo(anna.id());
            assertThat(group.path("name").isNull()).isTrue();
            assertThat(group.path("recipients").findValuesAsText("id")).containsExactlyInAnyOrder(ben.id(), cleo.id());
            JsonNode created = client.awaitDispatch("CHANNEL_CREATE").path("d");
            assertThat(created.path("recipients").findValuesAsText("id"))
                    .containsExactlyInAnyOrder(anna.id(), ben.id());
            people.say(ben, group.path("id").asText(), "hi all");
            client.awaitMessage("hi all");
            assertThat(list(cleo).get(0).path("type").asInt()).isEqualTo(3);
        }
    }

    @Test
    void aGroupIsNamedByAnyOfItsUsers() {
        String group = group().path("id").asText();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), cleo.token(), INTENTS)) {
            JsonNode named = rest.send("PATCH", "/channels/" + group, ben.token(), Map.of("name", "us"))
                    .expect(200);

            assertThat(named.path("name").asText()).isEqualTo("us");
            assertThat(client.awaitDispatch("CHANNEL_UPDATE").at("/d/name").asText())
                    .isEqualTo("us");
            assertThat(code(
                            rest.send("PATCH", "/channels/" + group, ben.token(), Map.of("name", "x".repeat(101))),
                            400))
                    .isEqualTo(50035);
            String direct = open(anna, Map.of("recipient_id", ben.id()))
                    .expect(200)
                    .path("id")
                    .asText();
            assertThat(code(rest.send("PATCH", "/channels/" + direct, ben.token(), Map.of("name", "x")), 403))
                    .isEqualTo(50003);
        }
    }

    @Test
    void usersComeIntoAGroupAndLeaveIt() {
        // Given
        Person dora = people.user();
        people.join(place, anna, List.of(dora));
        String group = group().path("id").asText();
        try (GatewayClient old = GatewayClient.ready(cloud.gatewayUrl(), cleo.token(), INTENTS);
                GatewayClient fresh = GatewayClient.ready(cloud.gatewayUrl(), dora.token(), INTENTS)) {
            // When
            recipient("PUT", group, ben, dora).expect(204);
            recipient("PUT", group, ben, dora).expect(204);

            // Then
            assertThat(fresh.awaitDispatch("CHANNEL_CREATE").at("/d/id").asText())
                    .isEqualTo(group);
            assertThat(old.awaitDispatch("CHANNEL_RECIPIENT_ADD")
                            .at("/d/user/id")
                            .asText())
                    .isEqualTo(dora.id());
            assertThat(code(recipient("DELETE", group, ben, dora), 403)).isEqualTo(50013);
            recipient("DELETE", group, anna, dora).expect(204);
            assertThat(fresh.awaitDispatch("CHANNEL_DELETE").at("/d/id").asText())
                    .isEqualTo(group);
            assertThat(old.next().path("t").asText()).isEqualTo("CHANNEL_RECIPIENT_REMOVE");
            assertThat(code(rest.get("/channels/" + group, dora.token()), 404)).isEqualTo(10003);

            delete(group, anna).expect(200);
            assertThat(old.awaitDispatch("CHANNEL_UPDATE").at("/d/owner_id").asText())
                    .isEqualTo(ben.id());
            recipient("DELETE", group, ben, ben).expect(204);
            recipient("DELETE", group, cleo, cleo).expect(204);
            assertThat(code(rest.get("/channels/" + group, cleo.token()), 404)).isEqualTo(10003);
        }
    }

    @Test
    void addingAThirdToAChannelOfTwoMakesAGroup() {
        String direct = open(anna, Map.of("recipient_id", ben.id()))
                .expect(200)
                .path("id")
                .asText();

        JsonNode group = recipient("PUT", direct, ben, cleo).expect(201);

        assertThat(group.path("type").asInt()).isEqualTo(3);
        assertThat(group.path("owner_id").asText()).isEqualTo(ben.id());
        assertThat(group.path("recipients")).hasSize(2);
        assertThat(code(recipient("PUT", place.channelId(), anna, ben), 400)).isEqualTo(50024);
    }

    @Test
    void groupsHaveAtMostTenUsersWhoKnowEachOther() {
        // Given
        List<Person> more = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            more.add(people.user());
        }
        people.join(place, anna, more);
        List<Person> nine = new ArrayList<>(more);
        nine.add(ben);
        Person stranger = people.user();
        Person bot = people.bot(anna, place);

        // Then
        JsonNode group = open(anna, recipients(nine)).expect(200);
        assertThat(group.path("recipients")).hasSize(9);
        assertThat(code(recipient("PUT", group.path("id").asText(), anna, cleo), 400))
                .isEqualTo(30004);
        nine.add(cleo);
        assertThat(code(open(anna, recipients(nine)), 400)).isEqualTo(30004);
        assertThat(code(open(anna, recipients(List.of(ben, stranger))), 400)).isEqualTo(50033);
        assertThat(code(open(anna, recipients(List.of(ben, bot))), 400)).isEqualTo(50033);
        assertThat(code(open(bot, recipients(List.of(ben, cleo))), 403)).isEqualTo(20001);
        assertThat(code(open(anna, Map.of("recipient_id", stranger.id())), 403)).isEqualTo(50007);
        assertThat(code(open(anna, Map.of()), 400)).isEqualTo(50035);
        assertThat(open(anna, recipients(List.of(ben))).expect(200).path("type").asInt())
                .isEqualTo(1);
    }

    private JsonNode group() {
        return open(anna, recipients(List.of(ben, cleo))).expect(200);
    }

    private static JsonNode recipients(List<Person> persons) {
        ArrayNode ids = Json.array();
        persons.forEach(person -> ids.add(person.id()));
        return Json.object().set("recipients", ids);
    }

    private Reply open(Person person, Object body) {
        return rest.post("/users/@me/channels", person.token(), body);
    }

    private Reply recipient(String method, String channelId, Person person, Person other) {
        return rest.send(method, "/channels/" + channelId + "/recipients/" + other.id(), person.token(), null);
    }

    private Reply delete(String channelId, Person person) {
        return rest.send("DELETE", "/channels/" + channelId, person.token(), null);
    }

    private JsonNode list(Person person) {
        return rest.get("/users/@me/channels", person.token()).expect(200);
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
