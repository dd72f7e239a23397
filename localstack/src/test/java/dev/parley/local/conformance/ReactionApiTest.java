package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.Pictures;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Intent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reactions through the REST API, and who hears of them. */
@ExtendWith(LocalCloudExtension.class)
class ReactionApiTest {

    private static final long INTENTS = Intent.GUILDS.mask() | Intent.GUILD_MESSAGE_REACTIONS.mask();
    private static final long ADD_REACTIONS = 1 << 6;
    private static final long READ_MESSAGE_HISTORY = 1 << 16;
    private static final long USE_EXTERNAL_EMOJIS = 1 << 18;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;
    private String message;

    ReactionApiTest(LocalCloud cloud) {
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
        message = people.say(owner, place.channelId(), "hello").path("id").asText();
    }

    @Test
    void aReactionIsCountedAndShownToItsMaker() {
        // When
        react(member, "👍").expect(204);
        react(owner, "👍").expect(204);
        react(owner, "🎉").expect(204);

        // Then
        JsonNode reactions = reactionsSeenBy(member);
        assertThat(reactions).hasSize(2);
        JsonNode first = reactions.get(0);
        assertThat(first.path("emoji").path("name").asText()).isEqualTo("👍");
        assertThat(first.path("emoji").path("id").isNull()).isTrue();
        assertThat(first.path("count").asInt()).isEqualTo(2);
        assertThat(first.path("count_details").path("normal").asInt()).isEqualTo(2);
        assertThat(first.path("me").asBoolean()).isTrue();
        assertThat(reactions.get(1).path("me").asBoolean()).isFalse();
        JsonNode page = rest.get("/channels/" + place.channelId() + "/messages", owner.token())
                .expect(200);
        assertThat(page.get(0).path("reactions").findValuesAsText("me")).containsExactly("true", "true");
        assertThat(people.say(owner, place.channelId(), "next").has("reactions"))
                .isFalse();
    }

    @Test
    void whoSeesTheChannelHearsOfAReactionOnce() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {
            // When
            react(member, "👍").expect(204);
            react(member, "👍").expect(204);
            unreact(member, "👍").expect(204);
            unreact(member, "👍").expect(204);
            react(member, "🎉").expect(204);

            // Then
            JsonNode added = client.awaitDispatch("MESSAGE_REACTION_ADD").path("d");
            assertThat(added.path("user_id").asText()).isEqualTo(member.id());
            assertThat(added.path("message_id").asText()).isEqualTo(message);
            assertThat(added.path("channel_id").asText()).isEqualTo(place.channelId());
            assertThat(added.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(added.path("message_author_id").asText()).isEqualTo(owner.id());
            assertThat(added.at("/member/user/id").asText()).isEqualTo(member.id());
            assertThat(added.at("/emoji/name").asText()).isEqualTo("👍");
            assertThat(added.path("burst").asBoolean(true)).isFalse();
            assertThat(added.path("type").asInt(-1)).isZero();
            JsonNode removed = client.next();
            assertThat(removed.path("t").asText()).isEqualTo("MESSAGE_REACTION_REMOVE");
            assertThat(removed.at("/d/user_id").asText()).isEqualTo(member.id());
            assertThat(client.next().at("/d/emoji/name").asText()).isEqualTo("🎉");
        }
    }

    @Test
    void whoDoesNotSeeTheChannelHearsNothing() {
        // Given
        hide(member);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            react(owner, "👍").expect(204);
            rest.post("/guilds/" + place.guildId() + "/roles", owner.token(), Map.of("name", "mark"))
                    .expect(200);

            // Then
            assertThat(client.next().path("t").asText()).isEqualTo("GUILD_ROLE_CREATE");
            assertThat(code(react(member, "👍"), 403)).isEqualTo(50001);
        }
    }

    @Test
    void joiningAReactionNeedsLessThanBeginningOne() {
        // Given
        deny(ADD_REACTIONS);
        react(owner, "👍").expect(204);

        // Then
        assertThat(react(member, "👍").status()).isEqualTo(204);
        assertThat(code(react(member, "🎉"), 403)).isEqualTo(50013);
        deny(READ_MESSAGE_HISTORY);
        assertThat(code(react(member, "👍"), 403)).isEqualTo(50013);
        assertThat(unreact(member, "👍").status()).isEqualTo(204);
    }

    @Test
    void othersReactionsAreRemovedByWhoManagesMessages() {
        // Given
        react(owner, "👍").expect(204);
        react(member, "👍").expect(204);
        react(member, "🎉").expect(204);
        react(member, "🚀").expect(204);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            // Then
            assertThat(code(delete("/👍/" + owner.id(), member), 403)).isEqualTo(50013);
            assertThat(code(delete("/👍", member), 403)).isEqualTo(50013);
            assertThat(code(delete("", member), 403)).isEqualTo(50013);

            delete("/👍/" + member.id(), owner).expect(204);
            JsonNode one = client.awaitDispatch("MESSAGE_REACTION_REMOVE").path("d");
            assertThat(one.path("user_id").asText()).isEqualTo(member.id());
            delete("/🎉", owner).expect(204);
            JsonNode emoji = client.next();
            assertThat(emoji.path("t").asText()).isEqualTo("MESSAGE_REACTION_REMOVE_EMOJI");
            assertThat(emoji.at("/d/emoji/name").asText()).isEqualTo("🎉");
            delete("", owner).expect(204);
            JsonNode all = client.next();
            assertThat(all.path("t").asText()).isEqualTo("MESSAGE_REACTION_REMOVE_ALL");
            assertThat(all.at("/d/message_id").asText()).isEqualTo(message);
            assertThat(reactionsSeenBy(owner)).isEmpty();
        }
    }

    @Test
    void whoReactedIsListedPageByPage() {
        // Given
        Person third = people.user();
        people.join(place, owner, List.of(third));
        List.of(owner, member, third).forEach(one -> react(one, "👍").expect(204));

        // When
        JsonNode first = list("?limit=2").expect(200);
        JsonNode second =
                list("?limit=2&after=" + first.get(1).path("id").asText()).expect(200);

        // Then
        assertThat(first.findValuesAsText("id")).containsExactly(owner.id(), member.id());
        assertThat(second.findValuesAsText("id")).containsExactly(third.id());
        assertThat(list("?type=1").expect(200)).isEmpty();
        assertThat(code(list("?limit=0"), 400)).isEqualTo(50035);
        assertThat(code(list("?limit=101"), 400)).isEqualTo(50035);
        assertThat(code(list("?after=x"), 400)).isEqualTo(50035);
    }

    @Test
    void anEmojiIsTheSameWithAndWithoutItsVariationSelector() {
        react(owner, "❤️").expect(204);
        react(member, "❤").expect(204);

        assertThat(reactionsSeenBy(owner)).hasSize(1);
        assertThat(reactionsSeenBy(owner).get(0).path("count").asInt()).isEqualTo(2);
    }

    @Test
    void aGuildsEmojiIsShownAsTheGuildCallsIt() {
        // Given
        String emoji = emoji(place, owner);

        // When
        react(member, "other:" + emoji).expect(204);
        react(owner, "party:" + emoji).expect(204);

        // Then
        JsonNode reactions = reactionsSeenBy(owner);
        assertThat(reactions).hasSize(1);
        assertThat(reactions.get(0).path("count").asInt()).isEqualTo(2);
        assertThat(reactions.at("/0/emoji/id").asText()).isEqualTo(emoji);
        assertThat(reactions.at("/0/emoji/name").asText()).isEqualTo("party");

        // When
        rest.send("DELETE", "/guilds/" + place.guildId() + "/emojis/" + emoji, owner.token(), null)
                .expect(204);

        // Then
        assertThat(reactionsSeenBy(owner)).as("what was reacted with stays").hasSize(1);
        unreact(owner, "party:" + emoji).expect(204);
        message = people.say(owner, place.channelId(), "next").path("id").asText();
        assertThat(code(react(owner, "party:" + emoji), 404)).isEqualTo(10014);
    }

    @Test
    void anotherGuildsEmojiIsForItsMembersWithThePermission() {
        // Given
        String emoji = emoji(people.guild(member), member);

        // When / Then
        assertThat(code(react(owner, "party:" + emoji), 404)).isEqualTo(10014);
        deny(USE_EXTERNAL_EMOJIS);
        assertThat(code(react(member, "party:" + emoji), 403)).isEqualTo(50013);
        deny(0);
        react(member, "party:" + emoji).expect(204);
        react(owner, "party:" + emoji).expect(204);
    }

    @Test
    void whatIsNoEmojiAndWhatIsNoMessageIsUnknown() {
        assertThat(code(react(owner, "x"), 404)).isEqualTo(10014);
        assertThat(code(react(owner, "party:123"), 404)).isEqualTo(10014);
        message = "1";
        assertThat(code(react(owner, "👍"), 404)).isEqualTo(10008);
        assertThat(code(list(""), 404)).isEqualTo(10008);
        assertThat(code(unreact(owner, "👍"), 404)).isEqualTo(10008);
        message = people.say(owner, people.guild(owner).channelId(), "elsewhere")
                .path("id")
                .asText();
        assertThat(code(react(owner, "👍"), 404)).isEqualTo(10008);
    }

    @Test
    void ofManyEmojisAtOnceTwentyPass() {
        // Given
        Person second = people.user();
        people.join(place, owner, List.of(second));
        List<Person> all = List.of(owner, member, second);

        // When
        List<CompletableFuture<Reply>> tries = IntStream.range(0, 24)
                .mapToObj(i -> rest.sendAsync(
                        "PUT",
                        reactions("/" + Character.toString(0x1F600 + i) + "/@me"),
                        all.get(i % all.size()).token(),
                        null))
                .toList();
        List<Integer> statuses = tries.stream()
                .map(CompletableFuture::join)
                .map(Reply::status)
                .sorted()
                .toList();

        // Then
        assertThat(statuses.subList(0, 20)).containsOnly(204);
        assertThat(statuses.subList(20, 24)).containsOnly(400);
        assertThat(reactionsSeenBy(owner)).hasSize(20);
        assertThat(code(react(member, "🎉"), 400)).isEqualTo(30010);
    }

    @Test
    void whoeverComesAndGoesAtOnceIsCountedRight() {
        // Given
        Person second = people.user();
        Person third = people.user();
        people.join(place, owner, List.of(second, third));
        List<Person> all = List.of(owner, member, second, third);

        // When
        for (int round = 0; round < 3; round++) {
            all.stream()
                    .flatMap(one -> Stream.of("PUT", "DELETE", "PUT")
                            .map(method -> rest.sendAsync(method, reactions("/👍/@me"), one.token(), null)))
                    .toList()
                    .forEach(reply -> assertThat(reply.join().status()).isEqualTo(204));
        }

        // Then
        int listed = list("").expect(200).size();
        JsonNode shown = reactionsSeenBy(owner);
        assertThat(listed == 0 ? 0 : shown.get(0).path("count").asInt()).isEqualTo(listed);
        assertThat(shown).hasSize(listed == 0 ? 0 : 1);
    }

    @Test
    void inADirectMessageEachReactsForItself() {
        // Given
        String direct = rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                .expect(200)
                .path("id")
                .asText();
        message = people.say(owner, direct, "hello").path("id").asText();
        place = new Place(place.guildId(), direct);

        // When
        react(member, "👍").expect(204);

        // Then
        assertThat(code(delete("/👍/" + member.id(), owner), 403)).isEqualTo(50003);
        assertThat(code(delete("", owner), 403)).isEqualTo(50003);
        assertThat(reactionsSeenBy(owner).get(0).path("count").asInt()).isEqualTo(1);
    }

    private String emoji(Place of, Person maker) {
        String image = Pictures.dataUri("image/png", Pictures.png());
        return rest.post("/guilds/" + of.guildId() + "/emojis", maker.token(), Map.of("name", "party", "image", image))
                .expect(201)
                .path("id")
                .asText();
    }

    private JsonNode reactionsSeenBy(Person viewer) {
        return rest.get("/channels/" + place.channelId() + "/messages/" + message, viewer.token())
                .expect(200)
                .path("reactions");
    }

    private Reply react(Person person, String emoji) {
        return rest.send("PUT", reactions("/" + emoji + "/@me"), person.token(), null);
    }

    private Reply unreact(Person person, String emoji) {
        return rest.send("DELETE", reactions("/" + emoji + "/@me"), person.token(), null);
    }

    private Reply delete(String path, Person person) {
        return rest.send("DELETE", reactions(path), person.token(), null);
    }

    private Reply list(String query) {
        return rest.get(reactions("/👍") + query, owner.token());
    }

    private String reactions(String path) {
        String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("%40", "@");
        return "/channels/" + place.channelId() + "/messages/" + message + "/reactions" + encoded;
    }

    private void hide(Person person) {
        overwrite(person.id(), 1, 1 << 10);
    }

    private void deny(long permissions) {
        overwrite(place.guildId(), 0, permissions);
    }

    private void overwrite(String target, int type, long deny) {
        rest.send(
                        "PUT",
                        "/channels/" + place.channelId() + "/permissions/" + target,
                        owner.token(),
                        Map.of("type", type, "allow", "0", "deny", Long.toString(deny)))
                .expect(204);
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
