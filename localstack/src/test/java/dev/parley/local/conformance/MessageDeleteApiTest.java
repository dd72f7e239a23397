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
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that are deleted, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class MessageDeleteApiTest {

    /** GUILDS, GUILD_MODERATION and GUILD_MESSAGES. */
    private static final long INTENTS = 1 | 1 << 2 | 1 << 9;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    MessageDeleteApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
    }

    @Test
    void anothersMessageIsDeletedByWhoManagesMessagesAndNoted() {
        // Given
        String id = said(member, "rude");
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {

            // When
            delete(owner, id).expect(204);

            // Then
            assertThat(client.awaitDispatch("MESSAGE_DELETE").path("d"))
                    .isEqualTo(Json.object()
                            .put("channel_id", place.channelId())
                            .put("guild_id", place.guildId())
                            .put("id", id));
            JsonNode entry =
                    client.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(entry.path("action_type").asInt()).isEqualTo(72);
            assertThat(entry.path("target_id").asText()).isEqualTo(member.id());
            assertThat(entry.path("options"))
                    .isEqualTo(
                            Json.object().put("channel_id", place.channelId()).put("count", "1"));
        }
        assertThat(code(delete(owner, id), 404)).isEqualTo(10008);
        assertThat(code(rest.get(messages() + "/" + id, owner.token()), 404)).isEqualTo(10008);
    }

    @Test
    void onesOwnMessageIsDeletedWithoutANote() {
        // Given
        String own = said(member, "never mind");
        String others = said(owner, "stays");
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {

            // When
            delete(member, own).expect(204);
            said(member, "next");

            // Then
            client.awaitDispatch("MESSAGE_DELETE");
            assertThat(client.next().path("t").asText()).isEqualTo("MESSAGE_CREATE");
        }
        assertThat(code(delete(member, others), 403)).isEqualTo(50013);
    }

    @Test
    void aReplyToADeletedMessageKeepsItsPlace() {
        // Given
        String question = said(owner, "question");
        String answer = rest.post(
                        messages(),
                        member.token(),
                        Map.of("content", "answer", "message_reference", Map.of("message_id", question)))
                .expect(200)
                .path("id")
                .asText();

        // When
        delete(owner, question).expect(204);

        // Then
        JsonNode read = rest.get(messages() + "/" + answer, owner.token()).expect(200);
        assertThat(read.path("referenced_message").isNull()).isTrue();
        assertThat(read.at("/message_reference/message_id").asText()).isEqualTo(question);
    }

    @Test
    void manyAreDeletedTogether() {
        // Given
        List<String> ids =
                Stream.of("a", "b", "c").map(text -> said(member, text)).toList();
        String unknown = Long.toString(Long.parseLong(ids.getLast()) + 1);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {

            // When
            bulk(owner, List.of(ids.get(0), ids.get(1), unknown)).expect(204);

            // Then
            JsonNode event = client.awaitDispatch("MESSAGE_DELETE_BULK").path("d");
            assertThat(event.path("ids")).extracting(JsonNode::asText).containsExactly(ids.get(0), ids.get(1));
            assertThat(event.path("channel_id").asText()).isEqualTo(place.channelId());
            JsonNode entry =
                    client.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(entry.path("action_type").asInt()).isEqualTo(73);
            assertThat(entry.path("target_id").asText()).isEqualTo(place.channelId());
            assertThat(entry.at("/options/count").asText()).isEqualTo("2");
        }
        assertThat(rest.get(messages(), owner.token()).expect(200).findValuesAsText("content"))
                .containsExactly("c");
    }

    @Test
    void theListOfManyHasBounds() {
        String id = said(member, "new");
        long next = Long.parseLong(id) + 1;
        List<String> hundred =
                LongStream.range(next, next + 100).mapToObj(Long::toString).toList();

        assertThat(bulk(owner, hundred).status()).isEqualTo(204);
        assertThat(code(
                        bulk(
                                owner,
                                Stream.concat(hundred.stream(), Stream.of(id)).toList()),
                        400))
                .isEqualTo(50016);
        assertThat(code(bulk(owner, List.of(id)), 400)).isEqualTo(50016);
        assertThat(code(bulk(owner, List.of(id, id)), 400)).isEqualTo(50035);
        assertThat(code(bulk(owner, List.of(id, "1")), 400)).isEqualTo(50034);
        assertThat(code(bulk(member, hundred), 403)).isEqualTo(50013);
        assertThat(code(rest.post(messages() + "/bulk-delete", owner.token(), Map.of()), 400))
                .isEqualTo(50035);
    }

    @Test
    void inADirectMessageEverybodyDeletesOnlyTheirOwn() {
        // Given
        String channel = rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                .expect(200)
                .path("id")
                .asText();
        String id = people.say(owner, channel, "to you").path("id").asText();
        String path = "/channels/" + channel + "/messages/" + id;

        // Then
        assertThat(code(rest.send("DELETE", path, member.token(), null), 403)).isEqualTo(50003);
        assertThat(rest.send("DELETE", path, owner.token(), null).status()).isEqualTo(204);
    }

    private Reply delete(Person who, String id) {
        return rest.send("DELETE", messages() + "/" + id, who.token(), null);
    }

    private Reply bulk(Person who, List<String> ids) {
        return rest.post(messages() + "/bulk-delete", who.token(), Map.of("messages", ids));
    }

    private String said(Person who, String content) {
        return people.say(who, place.channelId(), content).path("id").asText();
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
