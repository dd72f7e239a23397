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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How far users have read, through the REST API and in READY. */
@ExtendWith(LocalCloudExtension.class)
class ReadStateApiTest {

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    ReadStateApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.say(owner, place.channelId(), "before anybody came <@" + member.id() + "> @everyone");
        people.join(place, owner, List.of(member));
    }

    @Test
    void whatWasThereBeforeTheUserCameIsNotNew() {
        JsonNode state = state(member, place.channelId());

        assertThat(state.path("unread").asBoolean(true)).isFalse();
        assertThat(state.path("mention_count").asInt(-1)).isZero();
        assertThat(state.path("last_message_id").isNull()).isTrue();
    }

    @Test
    void mentionsAreCountedUntilTheyAreRead() {
        // Given
        String role = rest.post("/guilds/" + place.guildId() + "/roles", owner.token(), Map.of("mentionable", true))
                .expect(200)
                .path("id")
                .asText();
        rest.send(
                        "PUT",
                        "/guilds/" + place.guildId() + "/members/" + member.id() + "/roles/" + role,
                        owner.token(),
                        null)
                .expect(204);

        // When
        people.say(owner, place.channelId(), "hello <@" + member.id() + ">");
        people.say(owner, place.channelId(), "nobody");
        String third =
                people.say(owner, place.channelId(), "@everyone").path("id").asText();
        String last = people.say(owner, place.channelId(), "<@&" + role + ">")
                .path("id")
                .asText();

        // Then
        JsonNode state = state(member, place.channelId());
        assertThat(state.path("mention_count").asInt()).isEqualTo(3);
        assertThat(state.path("unread").asBoolean()).isTrue();
        assertThat(state.path("newest_message_id").asText()).isEqualTo(last);
        assertThat(state(owner, place.channelId()).path("unread").asBoolean(true))
                .isFalse();
        acknowledge(member, place.channelId(), third).expect(200);
        assertThat(state(member, place.channelId()).path("mention_count").asInt())
                .isEqualTo(1);
        acknowledge(member, place.channelId(), last).expect(200);
        state = state(member, place.channelId());
        assertThat(state.path("mention_count").asInt()).isZero();
        assertThat(state.path("unread").asBoolean(true)).isFalse();
        assertThat(state.path("last_message_id").asText()).isEqualTo(last);
    }

    @Test
    void theUsersSessionsHearOfWhatChanges() {
        String first = people.say(owner, place.channelId(), "one").path("id").asText();
        String second = people.say(owner, place.channelId(), "two").path("id").asText();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 0);
                GatewayClient others = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), 0)) {
            acknowledge(member, place.channelId(), second).expect(200);
            acknowledge(member, place.channelId(), first).expect(200);
            acknowledge(member, place.channelId(), second).expect(200);

            JsonNode heard = client.awaitDispatch("MESSAGE_ACK").path("d");
            assertThat(heard.path("message_id").asText()).isEqualTo(second);
            assertThat(heard.path("channel_id").asText()).isEqualTo(place.channelId());

            rest.post(path(place.channelId(), first), member.token(), Map.of("manual", true))
                    .expect(200);
            JsonNode back = client.next().path("d");
            assertThat(back.path("message_id").asText()).isEqualTo(first);
            assertThat(back.path("manual").asBoolean()).isTrue();
            assertThat(others.frames())
                    .noneMatch(frame -> frame.path("t").asText().equals("MESSAGE_ACK"));
        }
    }

    @Test
    void everyDirectMessageCounts() {
        String direct = rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                .expect(200)
                .path("id")
                .asText();
        people.say(owner, direct, "one");
        people.say(owner, direct, "two");

        assertThat(state(member, direct).path("mention_count").asInt()).isEqualTo(2);
        assertThat(state(owner, direct).path("mention_count").asInt()).isZero();
    }

    @Test
    void readyTellsAPersonHowFarItHasReadAndABotNothing() {
        String last = people.say(owner, place.channelId(), "hello <@" + member.id() + ">")
                .path("id")
                .asText();
        acknowledge(member, place.channelId(), last).expect(200);
        people.say(owner, place.channelId(), "and again <@" + member.id() + ">");

        JsonNode ready = ready(member);

        assertThat(ready.path("read_state")).hasSize(1);
        JsonNode entry = ready.path("read_state").get(0);
        assertThat(entry.path("id").asText()).isEqualTo(place.channelId());
        assertThat(entry.path("last_message_id").asText()).isEqualTo(last);
        assertThat(entry.path("mention_count").asInt()).isEqualTo(1);
        assertThat(ready.path("user_settings").path("theme").asText()).isEqualTo("dark");
        Person bot = people.bot(owner, place);
        assertThat(ready(bot).has("read_state")).isFalse();
        assertThat(code(acknowledge(bot, place.channelId(), last), 403)).isEqualTo(20001);
    }

    @Test
    void whatAUserCannotSeeIsNotCounted() {
        rest.send(
                        "PUT",
                        "/channels/" + place.channelId() + "/permissions/" + member.id(),
                        owner.token(),
                        Map.of("type", 1, "allow", "0", "deny", Long.toString(1 << 10)))
                .expect(204);
        String last =
                people.say(owner, place.channelId(), "@everyone").path("id").asText();

        assertThat(states(member, "").path("read_states")).isEmpty();
        assertThat(ready(member).path("read_state")).isEmpty();
        assertThat(code(acknowledge(member, place.channelId(), last), 403)).isEqualTo(50001);
        assertThat(code(acknowledge(owner, place.channelId(), "1"), 404)).isEqualTo(10008);
    }

    @Test
    void threadsAreThereForWhoHasJoinedThem() {
        // Given
        String thread = rest.post(
                        "/channels/" + place.channelId() + "/threads",
                        owner.token(),
                        Map.of("name", "aside", "type", 12))
                .expect(201)
                .path("id")
                .asText();
        people.say(owner, thread, "before <@" + member.id() + ">");
        assertThat(states(member, "").path("read_states").findValuesAsText("id"))
                .doesNotContain(thread);

        // When
        rest.send("PUT", "/channels/" + thread + "/thread-members/" + member.id(), owner.token(), null)
                .expect(204);

        // Then
        assertThat(state(member, thread).path("unread").asBoolean(true)).isFalse();
        String last = people.say(owner, thread, "after <@" + member.id() + ">")
                .path("id")
                .asText();
        JsonNode state = state(member, thread);
        assertThat(state.path("unread").asBoolean()).isTrue();
        assertThat(state.path("mention_count").asInt()).isEqualTo(1);
        assertThat(state.path("newest_message_id").asText()).isEqualTo(last);
        assertThat(ready(member).path("read_state").findValuesAsText("id")).contains(thread);
        acknowledge(member, thread, last).expect(200);
        assertThat(state(member, thread).path("unread").asBoolean(true)).isFalse();
    }

    @Test
    void readStatesComePageByPage() {
        for (int i = 0; i < 2; i++) {
            rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "room" + i))
                    .expect(201);
        }

        JsonNode first = states(member, "?limit=2");
        JsonNode second = states(member, "?limit=2&after=" + first.path("after").asText());

        assertThat(first.path("read_states")).hasSize(2);
        assertThat(second.path("read_states")).hasSize(1);
        assertThat(second.path("after").isNull()).isTrue();
        assertThat(code(rest.get("/users/@me/read-states?limit=501", member.token()), 400))
                .isEqualTo(50035);
    }

    private JsonNode ready(Person person) {
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);
            client.identify(person.token(), 0);
            return client.awaitDispatch("READY").path("d");
        }
    }

    private JsonNode state(Person person, String channelId) {
        return StreamSupport.stream(states(person, "").path("read_states").spliterator(), false)
                .filter(state -> state.path("id").asText().equals(channelId))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode states(Person person, String query) {
        return rest.get("/users/@me/read-states" + query, person.token()).expect(200);
    }

    private Reply acknowledge(Person person, String channelId, String messageId) {
        return rest.post(path(channelId, messageId), person.token(), null);
    }

    private static String path(String channelId, String messageId) {
        return "/channels/" + channelId + "/messages/" + messageId + "/ack";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
