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
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Guilds, channels, invites and messages through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class MessageApiTest {

    private static final long VIEW_CHANNEL = 1 << 10;
    private static final long SEND_MESSAGES = 1 << 11;
    private static final long READ_MESSAGE_HISTORY = 1 << 16;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Person stranger;
    private Place place;

    MessageApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
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
    void historyIsPagedFromEverySide() {
        // Given
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(people.say(owner, place.channelId(), "m" + i).path("id").asText());
        }

        // Then
        assertThat(page("?limit=3")).containsExactly(ids.get(6), ids.get(5), ids.get(4));
        assertThat(page("?limit=2&before=" + ids.get(3))).containsExactly(ids.get(2), ids.get(1));
        assertThat(page("?limit=2&after=" + ids.get(3))).containsExactly(ids.get(5), ids.get(4));
        assertThat(page("?limit=3&around=" + ids.get(3))).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(page("")).hasSize(7);
        assertThat(rest.get(messages() + "?limit=101", member.token()).status()).isEqualTo(400);
    }

    @Test
    void aStrangerLearnsNothing() {
        String id = people.say(owner, place.channelId(), "secret").path("id").asText();

        assertThat(code(rest.get(messages(), stranger.token()), 404)).isEqualTo(10003);
        assertThat(code(rest.get(messages() + "/" + id, stranger.token()), 404)).isEqualTo(10003);
        assertThat(code(rest.get("/channels/" + place.channelId(), stranger.token()), 404))
                .isEqualTo(10003);
        assertThat(code(rest.get("/guilds/" + place.guildId(), stranger.token()), 404))
                .isEqualTo(10004);
        assertThat(code(rest.post(messages(), stranger.token(), Map.of("content", "hi")), 404))
                .isEqualTo(10003);
        assertThat(code(rest.get(messages(), owner.token() + "x"), 401)).isZero();
    }

    @Test
    void aChannelThatAMemberCannotSeeIsClosedAndSilent() {
        // Given
        String hidden = channel(overwrite(0, VIEW_CHANNEL));
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 513)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            people.say(owner, hidden, "behind closed doors");
            people.say(owner, place.channelId(), "in the open");

            // Then
            assertThat(client.awaitDispatch("MESSAGE_CREATE")
                            .path("d")
                            .path("content")
                            .asText())
                    .isEqualTo("in the open");
        }
        assertThat(code(rest.get("/channels/" + hidden + "/messages", member.token()), 403))
                .isEqualTo(50001);
    }

    @Test
    void withoutTheRightToReadHistoryItIsEmpty() {
        String channel = channel(overwrite(0, READ_MESSAGE_HISTORY));
        people.say(owner, channel, "past");

        assertThat(rest.get("/channels/" + channel + "/messages", member.token())
                        .expect(200))
                .isEmpty();
    }

    @Test
    void withoutTheRightToSendAMessageIsRefused() {
        String channel = channel(overwrite(0, SEND_MESSAGES));

        assertThat(code(rest.post("/channels/" + channel + "/messages", member.token(), Map.of("content", "x")), 403))
                .isEqualTo(50013);
    }

    @Test
    void onlyWhoManagesChannelsMakesThem() {
        Reply reply = rest.post("/guilds/" + place.guildId() + "/channels", member.token(), Map.of("name", "mine"));

        assertThat(code(reply, 403)).isEqualTo(50013);
    }

    @Test
    void anEnforcedNonceMakesASecondTryReturnTheFirstMessage() {
        // Given
        ObjectNode message =
                Json.object().put("content", "once").put("nonce", "n-1").put("enforce_nonce", true);

        // When
        List<String> ids =
                Stream.generate(() -> rest.sendAsync("POST", messages(), owner.token(), message))
                        .limit(5)
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .map(reply -> reply.expect(200).path("id").asText())
                        .distinct()
                        .toList();

        // Then
        assertThat(ids).hasSize(1);
        assertThat(page("")).containsExactlyElementsOf(ids);
        assertThat(rest.post(messages(), member.token(), message)
                        .expect(200)
                        .path("id")
                        .asText())
                .as("another author's nonce is another")
                .isNotEqualTo(ids.getFirst());
    }

    @Test
    void aReplyCarriesWhatItAnswers() {
        String first =
                people.say(owner, place.channelId(), "question").path("id").asText();
        ObjectNode answer = Json.object().put("content", "answer");
        answer.putObject("message_reference").put("message_id", first);

        JsonNode reply = rest.post(messages(), member.token(), answer).expect(200);

        assertThat(reply.path("type").asInt()).isEqualTo(19);
        assertThat(reply.path("referenced_message").path("content").asText()).isEqualTo("question");
        assertThat(reply.path("mentions").path(0).path("id").asText()).isEqualTo(owner.id());
        JsonNode read = rest.get(messages() + "/" + reply.path("id").asText(), owner.token())
                .expect(200);
        assertThat(read.path("referenced_message").path("id").asText()).isEqualTo(first);
    }

    @Test
    void anInviteWithOneUseLetsOnePersonIn() {
        // Given
        String code = rest.post("/channels/" + place.channelId() + "/invites", owner.token(), Map.of("max_uses", 1))
                .expect(200)
                .path("code")
                .asText();
        List<Person> guests = Stream.generate(people::user).limit(4).toList();

        // When
        List<Integer> statuses = guests.stream()
                .map(guest -> rest.sendAsync("POST", "/invites/" + code, guest.token(), Json.object()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(Reply::status)
                .sorted()
                .toList();

        // Then
        assertThat(statuses).containsExactly(200, 404, 404, 404);
    }

    @Test
    void theContentIsHiddenFromABotThatDidNotAskForIt() {
        // Given
        Person bot = people.bot(owner, place);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), bot.token(), 513)) {

            // When
            people.say(owner, place.channelId(), "not for you");
            people.say(owner, place.channelId(), "for you <@" + bot.id() + ">");

            // Then
            assertThat(client.awaitDispatch("MESSAGE_CREATE")
                            .path("d")
                            .path("content")
                            .asText())
                    .isEmpty();
            assertThat(client.awaitDispatch("MESSAGE_CREATE")
                            .path("d")
                            .path("content")
                            .asText())
                    .startsWith("for you");
        }
    }

    @Test
    void directMessagesReachBothAndNobodyElse() {
        // Given
        String channel = rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                .expect(200)
                .path("id")
                .asText();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1 << 12)) {

            // When
            people.say(owner, channel, "between us");

            // Then
            client.awaitMessage("between us");
        }
        assertThat(code(rest.get("/channels/" + channel, stranger.token()), 404))
                .isEqualTo(10003);
        assertThat(code(rest.post("/users/@me/channels", stranger.token(), Map.of("recipient_id", owner.id())), 403))
                .isEqualTo(50007);
    }

    @Test
    void textComesBackAsItWasSent() {
        String text = "\u202Eright to left 😀 \\ \" </script> 안녕 \u2028 e\u0301";

        people.say(owner, place.channelId(), text);

        assertThat(rest.get(messages(), member.token())
                        .expect(200)
                        .get(0)
                        .path("content")
                        .asText())
                .isEqualTo(text);
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    private List<String> page(String query) {
        List<String> ids = new ArrayList<>();
        rest.get(messages() + query, member.token())
                .expect(200)
                .forEach(message -> ids.add(message.path("id").asText()));
        return ids;
    }

    private String channel(ObjectNode overwrite) {
        ObjectNode draft = Json.object().put("name", "special");
        draft.putArray("permission_overwrites").add(overwrite);
        return rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), draft)
                .expect(201)
                .path("id")
                .asText();
    }

    /** An overwrite of the role of everyone. */
    private ObjectNode overwrite(long allow, long deny) {
        return Json.object()
                .put("id", place.guildId())
                .put("type", 0)
                .put("allow", Long.toString(allow))
                .put("deny", Long.toString(deny));
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
