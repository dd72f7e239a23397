package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.FileClient;
import dev.parley.local.client.FileClient.Upload;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that change, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class MessageEditApiTest {

    private static final int SUPPRESS_EMBEDS = 4;
    private static final long GUILDS_AND_MESSAGES = 513;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final FileClient files;
    private final People people;
    private Person owner;
    private Person member;
    private Person stranger;
    private Place place;

    MessageEditApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        files = new FileClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        stranger = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
    }

    @Test
    void theAuthorChangesAMessageAndEverybodyHearsOfIt() {
        // Given
        String id = said(member, "frist <@" + owner.id() + ">");
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), GUILDS_AND_MESSAGES)) {

            // When
            JsonNode edited = edit(member, id, Map.of("content", "first <@" + member.id() + "> @everyone"))
                    .expect(200);

            // Then
            assertThat(edited.path("content").asText()).startsWith("first");
            assertThat(edited.path("edited_timestamp").isTextual()).isTrue();
            assertThat(edited.path("mentions").findValuesAsText("id")).containsExactly(member.id());
            JsonNode event = client.awaitDispatch("MESSAGE_UPDATE").path("d");
            assertThat(event.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(event.path("member").path("roles").isArray()).isTrue();
            assertThat(without(event, "guild_id", "member")).isEqualTo(edited);
            assertThat(rest.get(message(id), owner.token()).expect(200)).isEqualTo(edited);
        }
    }

    @Test
    void whatIsNotSentStaysAndWhatIsNullGoes() {
        // Given
        ObjectNode draft = Json.object().put("content", "text");
        draft.putArray("embeds").addObject().put("title", "embed");
        JsonNode first = rest.post(messages(), member.token(), draft).expect(200);
        String id = first.path("id").asText();

        // When
        JsonNode same = edit(member, id, Map.of("content", "text")).expect(200);
        JsonNode bare = edit(member, id, Json.object().putNull("content")).expect(200);

        // Then
        assertThat(same).isEqualTo(first);
        assertThat(bare.path("content").asText()).isEmpty();
        assertThat(bare.path("embeds").findValuesAsText("title")).containsExactly("embed");
        assertThat(code(edit(member, id, Map.of("embeds", List.of())), 400)).isEqualTo(50006);
    }

    @Test
    void othersOnlyHideTheEmbedsAndNeedToManageMessages() {
        // Given
        ObjectNode draft = Json.object().put("content", "look");
        draft.putArray("embeds").addObject().put("title", "large");
        String id = rest.post(messages(), member.token(), draft)
                .expect(200)
                .path("id")
                .asText();
        String ofOwner = said(owner, "mine");

        // Then
        assertThat(code(edit(owner, id, Map.of("content", "changed")), 403)).isEqualTo(50005);
        assertThat(code(edit(member, ofOwner, Map.of("flags", SUPPRESS_EMBEDS)), 403))
                .isEqualTo(50013);
        assertThat(code(edit(stranger, id, Map.of("content", "x")), 404)).isEqualTo(10003);
        assertThat(code(edit(member, "1", Map.of("content", "x")), 404)).isEqualTo(10008);

        JsonNode hidden = edit(owner, id, Map.of("flags", SUPPRESS_EMBEDS)).expect(200);
        assertThat(hidden.path("embeds")).isEmpty();
        assertThat(hidden.path("flags").asInt()).isEqualTo(SUPPRESS_EMBEDS);
        assertThat(hidden.path("edited_timestamp").isNull()).isTrue();
        assertThat(edit(owner, id, Map.of("flags", 0)).expect(200).path("embeds"))
                .hasSize(1);
    }

    @Test
    void twoChangesAtOnceBothLast() {
        // Given
        String id = said(owner, "start");

        // When
        IntStream.range(0, 8)
                .mapToObj(i -> rest.sendAsync(
                        "PATCH",
                        message(id),
                        owner.token(),
                        i % 2 == 0 ? Map.of("content", "end") : Map.of("embeds", List.of(Map.of("title", "added")))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .forEach(reply -> reply.expect(200));

        // Then
        JsonNode message = rest.get(message(id), owner.token()).expect(200);
        assertThat(message.path("content").asText()).isEqualTo("end");
        assertThat(message.path("embeds").findValuesAsText("title")).containsExactly("added");
    }

    @Test
    void aReplyMentionsWhomItAnswersUnlessItSaysNot() {
        // Given
        String question = said(owner, "question");
        ObjectNode answer = Json.object().put("content", "answer");
        answer.putObject("message_reference").put("message_id", question);
        answer.putObject("allowed_mentions").put("replied_user", false);

        // When
        JsonNode silent = rest.post(messages(), member.token(), answer).expect(200);
        String id = silent.path("id").asText();
        JsonNode loud = edit(member, id, Map.of("content", "the answer")).expect(200);

        // Then
        assertThat(silent.path("mentions")).isEmpty();
        assertThat(loud.path("mentions").findValuesAsText("id")).containsExactly(owner.id());
        assertThat(loud.at("/referenced_message/id").asText()).isEqualTo(question);
    }

    @Test
    void aBotThatDidNotAskForContentDoesNotSeeWhatItBecame() {
        // Given
        Person bot = people.bot(owner, place);
        String id = said(owner, "one");
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), bot.token(), GUILDS_AND_MESSAGES)) {

            // When
            edit(owner, id, Map.of("content", "two")).expect(200);

            // Then
            assertThat(client.awaitDispatch("MESSAGE_UPDATE")
                            .path("d")
                            .path("content")
                            .asText("?"))
                    .isEmpty();
        }
    }

    @Test
    void onlyMessagesOfAnnouncementChannelsArePublished() {
        String id = said(owner, "news");

        assertThat(code(rest.post(message(id) + "/crosspost", owner.token(), null), 400))
                .isEqualTo(50024);
    }

    @Test
    void theAuthorRemovesAndAddsFiles() {
        // Given
        JsonNode sent = files.send(
                        "POST",
                        messages(),
                        member.token(),
                        Map.of("content", "two"),
                        List.of(file(0, "a.txt"), file(1, "b.txt")))
                .expect(200);
        String id = sent.path("id").asText();
        Map<String, Object> keepsB = Map.of("id", sent.at("/attachments/1/id").asText(), "description", "b");

        // When
        JsonNode edited = files.send(
                        "PATCH",
                        message(id),
                        member.token(),
                        Map.of("attachments", List.of(keepsB, Map.of("id", "0"))),
                        List.of(file(0, "c.txt")))
                .expect(200);

        // Then
        assertThat(names(edited)).containsExactly("b.txt", "c.txt");
        assertThat(edited.at("/attachments/0/description").asText()).isEqualTo("b");
        assertThat(edited.path("edited_timestamp").isTextual()).isTrue();
        assertThat(files.get(edited.at("/attachments/1/url").asText()).body())
                .isEqualTo("c.txt".getBytes(StandardCharsets.UTF_8));
        assertThat(names(rest.get(message(id), owner.token()).expect(200))).containsExactly("b.txt", "c.txt");
        assertThat(names(edit(member, id, Map.of("content", "still two")).expect(200)))
                .as("what is not named stays")
                .hasSize(2);
        JsonNode removed = sent.at("/attachments/0/id");
        assertThat(code(edit(member, id, Map.of("attachments", List.of(Map.of("id", removed)))), 400))
                .isEqualTo(50035);
        assertThat(names(edit(member, id, Map.of("attachments", List.of())).expect(200)))
                .isEmpty();
    }

    @Test
    void othersFilesAreNobodysToChange() {
        // Given
        String id = files.send("POST", messages(), member.token(), null, List.of(file(0, "a.txt")))
                .expect(200)
                .path("id")
                .asText();

        // When / Then
        assertThat(code(edit(owner, id, Map.of("attachments", List.of())), 403)).isEqualTo(50005);
        assertThat(code(files.send("PATCH", message(id), owner.token(), null, List.of(file(0, "b.txt"))), 403))
                .isEqualTo(50005);
        assertThat(code(edit(member, id, Map.of("attachments", List.of())), 400))
                .as("nothing would be left")
                .isEqualTo(50006);
    }

    @Test
    void anEmbedDoesNotShowAFileThatIsGone() {
        // Given
        String id = files.send(
                        "POST",
                        messages(),
                        member.token(),
                        Map.of("embeds", List.of(Map.of("title", "a", "image", Map.of("url", "attachment://a.txt")))),
                        List.of(file(0, "a.txt")))
                .expect(200)
                .path("id")
                .asText();

        // When
        JsonNode edited = edit(member, id, Map.of("attachments", List.of())).expect(200);

        // Then
        assertThat(edited.at("/embeds/0/title").asText()).isEqualTo("a");
        assertThat(edited.path("embeds").path(0).has("image")).isFalse();
    }

    private static Upload file(int number, String name) {
        return new Upload("files[" + number + "]", name, "text/plain", name.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(JsonNode message) {
        return message.path("attachments").findValuesAsText("filename");
    }

    private Reply edit(Person who, String id, Object form) {
        return rest.send("PATCH", message(id), who.token(), form);
    }

    private String said(Person who, String content) {
        return people.say(who, place.channelId(), content).path("id").asText();
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    private String message(String id) {
        return messages() + "/" + id;
    }

    private static JsonNode without(JsonNode node, String... names) {
        ObjectNode copy = node.deepCopy();
        copy.remove(List.of(names));
        return copy;
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
