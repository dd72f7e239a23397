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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Friends and blocked users, and what a block does to direct messages. */
@ExtendWith(LocalCloudExtension.class)
class RelationshipApiTest {

    private static final int FRIEND = 1;
    private static final int BLOCKED = 2;
    private static final int INCOMING = 3;
    private static final int OUTGOING = 4;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person user;
    private Person other;
    private Place place;

    RelationshipApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        user = people.user();
        other = people.user();
        place = people.guild(user);
        people.join(place, user, List.of(other));
    }

    @Test
    void aBlockedUserCannotSendDirectMessagesAndIsNotTold() {
        // Given
        String direct = open(other, user).expect(200).path("id").asText();
        people.say(other, direct, "before");
        try (GatewayClient own = GatewayClient.ready(cloud.gatewayUrl(), user.token(), 0);
                GatewayClient theirs = GatewayClient.ready(cloud.gatewayUrl(), other.token(), 0)) {

            // When
            put(user, other, BLOCKED).expect(204);

            // Then
            JsonNode added = own.awaitDispatch("RELATIONSHIP_ADD").path("d");
            assertThat(added.path("id").asText()).isEqualTo(other.id());
            assertThat(added.path("type").asInt()).isEqualTo(BLOCKED);
            assertThat(added.at("/user/username").asText()).isEqualTo(other.name());
            assertThat(code(say(other, direct), 403)).isEqualTo(50007);
            assertThat(code(say(user, direct), 403)).isEqualTo(50007);
            assertThat(code(open(other, user), 403)).isEqualTo(50007);
            assertThat(code(rest.post("/channels/" + direct + "/typing", other.token(), null), 403))
                    .isEqualTo(50007);
            assertThat(rest.get("/channels/" + direct + "/messages", other.token())
                            .expect(200))
                    .hasSize(1);
            String message = people.say(user, place.channelId(), "in the guild")
                    .path("id")
                    .asText();
            assertThat(code(
                            rest.send(
                                    "PUT",
                                    "/channels/" + place.channelId() + "/messages/" + message
                                            + "/reactions/%F0%9F%91%8D/@me",
                                    other.token(),
                                    null),
                            403))
                    .isEqualTo(90001);
            assertThat(theirs.frames())
                    .noneMatch(frame -> frame.path("t").asText().startsWith("RELATIONSHIP"));

            remove(user, other).expect(204);
            assertThat(own.awaitDispatch("RELATIONSHIP_REMOVE").at("/d/id").asText())
                    .isEqualTo(other.id());
            assertThat(say(other, direct).status()).isEqualTo(200);
        }
    }

    @Test
    void twoBecomeFriendsWhenBothAskForIt() {
        try (GatewayClient theirs = GatewayClient.ready(cloud.gatewayUrl(), other.token(), 0)) {
            // When
            rest.post("/users/@me/relationships", user.token(), Map.of("username", other.name()))
                    .expect(204);

            // Then
            assertThat(theirs.awaitDispatch("RELATIONSHIP_ADD").at("/d/type").asInt())
                    .isEqualTo(INCOMING);
            assertThat(typeSeenBy(user)).isEqualTo(OUTGOING);
            put(other, user, FRIEND).expect(204);
            assertThat(theirs.awaitDispatch("RELATIONSHIP_ADD").at("/d/type").asInt())
                    .isEqualTo(FRIEND);
            assertThat(typeSeenBy(user)).isEqualTo(FRIEND);
            assertThat(typeSeenBy(other)).isEqualTo(FRIEND);
            remove(user, other).expect(204);
            assertThat(theirs.awaitDispatch("RELATIONSHIP_REMOVE").at("/d/id").asText())
                    .isEqualTo(user.id());
            assertThat(list(other)).isEmpty();
        }
    }

    @Test
    void whoIsBlockedCannotAskAndAnothersBlockStays() {
        // Given
        put(user, other, BLOCKED).expect(204);

        // Then
        assertThat(code(put(other, user, FRIEND), 403)).isEqualTo(80001);
        put(other, user, BLOCKED).expect(204);
        remove(other, user).expect(204);
        assertThat(typeSeenBy(user)).isEqualTo(BLOCKED);
        assertThat(list(other)).isEmpty();
        remove(other, user).expect(204);
    }

    @Test
    void someCannotBeFriends() {
        Person bot = people.bot(user, place);

        assertThat(code(put(user, user, BLOCKED), 400)).isEqualTo(80003);
        assertThat(code(put(user, bot, FRIEND), 400)).isEqualTo(80002);
        assertThat(put(user, bot, BLOCKED).status()).isEqualTo(204);
        assertThat(code(rest.send("PUT", "/users/@me/relationships/1", user.token(), Map.of("type", 2)), 404))
                .isEqualTo(10013);
        assertThat(code(
                        rest.send("PUT", "/users/@me/relationships/" + other.id(), user.token(), Map.of("type", 3)),
                        400))
                .isEqualTo(50035);
        assertThat(code(rest.get("/users/@me/relationships", bot.token()), 403)).isEqualTo(20001);
    }

    private int typeSeenBy(Person viewer) {
        return list(viewer).get(0).path("type").asInt();
    }

    private JsonNode list(Person viewer) {
        return rest.get("/users/@me/relationships", viewer.token()).expect(200);
    }

    private Reply put(Person person, Person about, int type) {
        return rest.send("PUT", "/users/@me/relationships/" + about.id(), person.token(), Map.of("type", type));
    }

    private Reply remove(Person person, Person about) {
        return rest.send("DELETE", "/users/@me/relationships/" + about.id(), person.token(), null);
    }

    private Reply open(Person person, Person recipient) {
        return rest.post("/users/@me/channels", person.token(), Map.of("recipient_id", recipient.id()));
    }

    private Reply say(Person author, String channelId) {
        return rest.post("/channels/" + channelId + "/messages", author.token(), Map.of("content", "hello"));
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
