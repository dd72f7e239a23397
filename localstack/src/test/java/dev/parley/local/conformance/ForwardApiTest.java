package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that are passed on or answered, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class ForwardApiTest {

    private static final int HAS_SNAPSHOT = 1 << 14;

    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;
    private String direct;

    ForwardApiTest(LocalCloud cloud) {
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
        direct = rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                .expect(200)
                .path("id")
                .asText();
    }

    @Test
    void aForwardCarriesWhatTheMessageWas() {
        // Given
        JsonNode original = people.say(owner, place.channelId(), "pass it on");
        String id = original.path("id").asText();

        // When
        JsonNode forward =
                send(owner, direct, reference(1, place.channelId(), id)).expect(200);
        rest.send("PATCH", messages(place.channelId()) + "/" + id, owner.token(), Map.of("content", "changed"))
                .expect(200);

        // Then
        assertThat(forward.path("type").asInt()).isZero();
        assertThat(forward.path("content").asText("?")).isEmpty();
        assertThat(forward.path("flags").asInt()).isEqualTo(HAS_SNAPSHOT);
        assertThat(forward.path("message_reference"))
                .isEqualTo(Json.object()
                        .put("type", 1)
                        .put("message_id", id)
                        .put("channel_id", place.channelId())
                        .put("guild_id", place.guildId()));
        JsonNode read = rest.get(messages(direct) + "/" + forward.path("id").asText(), member.token())
                .expect(200);
        JsonNode snapshot = read.at("/message_snapshots/0/message");
        assertThat(snapshot.path("content").asText()).isEqualTo("pass it on");
        assertThat(snapshot.path("timestamp")).isEqualTo(original.path("timestamp"));
        assertThat(snapshot.has("author")).isFalse();
        assertThat(read.has("referenced_message")).isFalse();
    }

    @Test
    void aForwardOfAForwardCarriesTheSame() {
        String id = people.say(owner, place.channelId(), "again").path("id").asText();
        JsonNode once = send(owner, direct, reference(1, place.channelId(), id)).expect(200);

        JsonNode twice = send(
                        member,
                        place.channelId(),
                        reference(1, direct, once.path("id").asText()))
                .expect(200);

        assertThat(twice.path("message_snapshots")).isEqualTo(once.path("message_snapshots"));
    }

    @Test
    void nobodyPassesOnWhatTheyCannotRead() {
        // Given
        Person stranger = people.user();
        Place elsewhere = people.guild(stranger);
        String secret =
                people.say(owner, place.channelId(), "secret").path("id").asText();

        // Then
        assertThat(code(send(stranger, elsewhere.channelId(), reference(1, place.channelId(), secret)), 404))
                .isEqualTo(10003);
        assertThat(code(send(owner, direct, reference(1, place.channelId(), "1")), 404))
                .isEqualTo(10008);
        ObjectNode talking = reference(1, place.channelId(), secret).put("content", "look");
        assertThat(code(send(owner, direct, talking), 400)).isEqualTo(50035);
        ObjectNode nowhere = Json.object();
        nowhere.putObject("message_reference").put("type", 1).put("message_id", secret);
        assertThat(code(send(owner, direct, nowhere), 400)).isEqualTo(50035);
    }

    @Test
    void anAnswerStaysInItsChannel() {
        // Given
        String id = people.say(owner, place.channelId(), "question").path("id").asText();
        ObjectNode lenient = Json.object().put("content", "anyway");
        lenient.putObject("message_reference").put("message_id", "1").put("fail_if_not_exists", false);

        // Then
        assertThat(code(send(owner, direct, reference(0, place.channelId(), id).put("content", "answer")), 400))
                .isEqualTo(50035);
        assertThat(code(send(owner, direct, reference(0, direct, "1").put("content", "answer")), 400))
                .isEqualTo(50035);
        JsonNode sent = send(owner, direct, lenient).expect(200);
        assertThat(sent.path("type").asInt()).isZero();
        assertThat(sent.has("message_reference")).isFalse();
    }

    private static ObjectNode reference(int type, String channelId, String messageId) {
        ObjectNode form = Json.object();
        form.putObject("message_reference")
                .put("type", type)
                .put("channel_id", channelId)
                .put("message_id", messageId);
        return form;
    }

    private Reply send(Person who, String channelId, ObjectNode form) {
        return rest.post(messages(channelId), who.token(), form);
    }

    private static String messages(String channelId) {
        return "/channels/" + channelId + "/messages";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
