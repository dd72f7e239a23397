package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.local.CloudSystem;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.search.MessageSearch;
import dev.parley.search.SearchQuery;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Search for messages and members, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class SearchApiTest {

    private static final String VIEW_CHANNEL = "1024";

    private final RestClient rest;
    private final People people;
    private final Parley system;
    private Person owner;
    private Person member;
    private Place place;

    SearchApiTest(LocalCloud cloud) {
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
        system = CloudSystem.of(cloud);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
    }

    @Test
    void messagesAreFoundByTheirWordsAtOnce() {
        // Given
        String first = say("The quick brown fox");
        say("The lazy dog");
        String third = say("a QUICK answer");

        // When
        JsonNode found = search(member, "content=quick");

        // Then
        assertThat(ids(found)).containsExactly(third, first);
        assertThat(found.path("total_results").asInt()).isEqualTo(2);
        assertThat(found.path("doing_deep_historical_index").asBoolean(true)).isFalse();
        assertThat(found.path("documents_indexed").asInt()).isEqualTo(3);
        JsonNode hit = found.path("messages").get(0).get(0);
        assertThat(hit.path("hit").asBoolean()).isTrue();
        assertThat(hit.path("author").path("id").asText()).isEqualTo(owner.id());
        assertThat(ids(search(member, "content=quick fox"))).containsExactly(first);
        assertThat(ids(search(member, "content=\"brown quick\""))).isEmpty();
        assertThat(ids(search(member, "content=\"quick brown\""))).containsExactly(first);
    }

    @Test
    void wordsOfScriptsWithoutSpacesAreFound() {
        // Given
        String korean = say("내일 비행기를 타요");
        String japanese = say("東京都庁へ行く");
        String chinese = say("我喜欢吃苹果");
        String french = say("un Café ici");

        // Then
        assertThat(ids(search(member, "content=비행"))).containsExactly(korean);
        assertThat(ids(search(member, "content=비행기"))).containsExactly(korean);
        assertThat(ids(search(member, "content=東京"))).containsExactly(japanese);
        assertThat(ids(search(member, "content=庁"))).containsExactly(japanese);
        assertThat(ids(search(member, "content=京東"))).isEmpty();
        assertThat(ids(search(member, "content=苹果"))).containsExactly(chinese);
        assertThat(ids(search(member, "content=cafe"))).containsExactly(french);
        assertThat(ids(search(member, "content=ＣＡＦÉ"))).containsExactly(french);
    }

    @Test
    void everyFilterNarrowsTheResult() {
        // Given
        Person bot = people.bot(owner, place);
        String link = say("word https://example.com/");
        String mention = say("word <@" + member.id() + ">");
        String everyone = say("word @everyone");
        String byMember = say(member, "word");
        String byBot = people.say(bot, place.channelId(), "word").path("id").asText();
        String reply = rest.post(
                        messages(),
                        member.token(),
                        Map.of("content", "word", "message_reference", Map.of("message_id", link)))
                .expect(200)
                .path("id")
                .asText();
        String embed = rest.post(
                        messages(),
                        owner.token(),
                        Map.of("content", "word", "embeds", List.of(Map.of("title", "a title"))))
                .expect(200)
                .path("id")
                .asText();

        // Then
        assertThat(ids(search(owner, "content=word&has=link"))).containsExactly(link);
        assertThat(ids(search(owner, "has=embed"))).containsExactly(embed);
        assertThat(ids(search(owner, "content=word&has=-link&has=-embed")))
                .containsExactly(reply, byBot, byMember, everyone, mention);
        assertThat(ids(search(owner, "author_id=" + member.id()))).containsExactly(reply, byMember);
        assertThat(ids(search(owner, "author_id=" + member.id() + "&author_id=" + bot.id())))
                .containsExactly(reply, byBot, byMember);
        assertThat(ids(search(owner, "author_type=bot"))).containsExactly(byBot);
        assertThat(ids(search(owner, "author_type=-bot&content=word"))).hasSize(6);
        assertThat(ids(search(owner, "mentions=" + member.id()))).containsExactly(mention);
        assertThat(ids(search(owner, "mention_everyone=true"))).containsExactly(everyone);
        assertThat(ids(search(owner, "mention_everyone=false"))).hasSize(6).doesNotContain(everyone);
        assertThat(ids(search(owner, "min_id=" + byMember + "&content=word"))).containsExactly(embed, reply, byBot);
        assertThat(ids(search(owner, "max_id=" + mention))).containsExactly(link);
        assertThat(ids(search(owner, "replied_to_message_id=" + link))).containsExactly(reply);
        assertThat(ids(search(owner, "replied_to_user_id=" + owner.id()))).containsExactly(reply);
        assertThat(ids(search(owner, "pinned=true"))).isEmpty();
        assertThat(ids(search(owner, "content=word&slop=5&sort_by=relevance&include_nsfw=true")))
                .hasSize(7);
    }

    @Test
    void aResultIsPagedInEitherOrder() {
        // Given
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(say("page " + (i % 2 == 0 ? "even" : "odd")));
        }

        // Then
        assertThat(ids(search(member, "content=page&sort_order=asc&limit=3"))).isEqualTo(all.subList(0, 3));
        assertThat(ids(search(member, "content=page&sort_order=asc&limit=3&offset=3")))
                .isEqualTo(all.subList(3, 6));
        assertThat(ids(search(member, "content=page&limit=2")))
                .isEqualTo(all.reversed().subList(0, 2));
        assertThat(ids(search(member, "content=page&offset=6"))).containsExactly(all.getFirst());
        assertThat(search(member, "content=page&limit=2").path("total_results").asInt())
                .isEqualTo(7);
        assertThat(search(member, "content=page even&limit=1")
                        .path("total_results")
                        .asInt())
                .isEqualTo(4);
        assertThat(ids(search(member, "content=page&offset=9975"))).isEmpty();
    }

    @Test
    void onlyChannelsWhoseHistoryTheUserMayReadAreSearched() {
        // Given
        String open = say("secret in the open");
        String hiddenChannel = channel(Map.of("name", "hidden"));
        String hidden =
                people.say(owner, hiddenChannel, "secret in hiding").path("id").asText();
        deny(hiddenChannel, VIEW_CHANNEL);
        String unreadable = channel(Map.of("name", "no-history"));
        people.say(owner, unreadable, "secret of old");
        deny(unreadable, "65536");

        // Then
        assertThat(ids(search(owner, "content=secret"))).hasSize(3);
        assertThat(ids(search(member, "content=secret"))).containsExactly(open);
        assertThat(search(member, "content=secret").path("total_results").asInt())
                .isEqualTo(1);
        assertThat(ids(search(member, "content=secret&channel_id=" + hiddenChannel)))
                .isEmpty();
        assertThat(ids(search(owner, "content=secret&channel_id=" + hiddenChannel)))
                .containsExactly(hidden);
        assertThat(ids(search(owner, "content=secret&channel_id=" + hiddenChannel + "," + place.channelId())))
                .containsExactly(hidden, open);
    }

    @Test
    void threadsAreSearchedByWhoSeesThem() {
        // Given
        Person other = people.user();
        people.join(place, owner, List.of(other));
        String open = thread(member, Map.of("name", "open", "type", 11));
        String hidden = thread(member, Map.of("name", "hidden", "type", 12));
        String above = say("needle in the channel");
        String inOpen =
                people.say(member, open, "needle in the open").path("id").asText();
        String inHidden =
                people.say(member, hidden, "needle out of sight").path("id").asText();

        // Then
        JsonNode found = search(member, "content=needle");
        assertThat(ids(found)).containsExactly(inHidden, inOpen, above);
        assertThat(found.path("total_results").asInt()).isEqualTo(3);
        assertThat(found.path("threads").findValuesAsText("name")).containsExactly("hidden", "open");
        assertThat(found.path("members").findValuesAsText("user_id")).containsExactly(member.id(), member.id());
        assertThat(ids(search(owner, "content=needle"))).containsExactly(inHidden, inOpen, above);
        JsonNode seen = search(other, "content=needle");
        assertThat(ids(seen)).containsExactly(inOpen, above);
        assertThat(seen.path("threads").findValuesAsText("id")).containsExactly(open);
        assertThat(seen.path("members")).isEmpty();
        assertThat(ids(search(member, "content=needle&channel_id=" + hidden))).containsExactly(inHidden);
        assertThat(ids(search(member, "content=needle&channel_id=" + open))).containsExactly(inOpen);
        assertThat(ids(search(member, "content=needle&channel_id=" + place.channelId())))
                .containsExactly(above);
        assertThat(ids(search(other, "content=needle&channel_id=" + hidden))).isEmpty();

        // When
        deny(place.channelId(), VIEW_CHANNEL);

        // Then
        assertThat(ids(search(member, "content=needle"))).isEmpty();
    }

    @Test
    void ageRestrictedChannelsAreSearchedOnRequest() {
        String restricted = channel(Map.of("name", "late", "nsfw", true));
        String message = people.say(owner, restricted, "grown up").path("id").asText();

        assertThat(ids(search(owner, "content=grown"))).isEmpty();
        assertThat(ids(search(owner, "content=grown&include_nsfw=true"))).containsExactly(message);
    }

    @Test
    void anotherGuildsMessagesAreNeverFound() {
        // Given
        Place other = people.guild(owner);
        people.say(owner, other.channelId(), "elsewhere");
        Person stranger = people.user();

        // Then
        assertThat(ids(search(owner, "content=elsewhere"))).isEmpty();
        assertThat(ids(search(owner, "content=elsewhere&channel_id=" + other.channelId())))
                .isEmpty();
        assertThat(code(get(stranger, "content=elsewhere"), 404)).isEqualTo(10004);
        assertThat(code(rest.get("/guilds/1/messages/search?content=x", owner.token()), 404))
                .isEqualTo(10004);
    }

    @Test
    void whatIsEditedIsFoundByItsNewWords() {
        // Given
        String message = say("before");
        String other = say("other");
        assertThat(ids(search(member, "content=before"))).containsExactly(message);

        // When
        execute("UPDATE messages SET content = 'after', pinned_at = now() WHERE id = ?", message);

        // Then
        assertThat(ids(search(member, "content=before"))).isEmpty();
        assertThat(ids(search(member, "content=after"))).containsExactly(message);
        assertThat(ids(search(member, "pinned=true"))).containsExactly(message);
        assertThat(ids(search(member, "pinned=false"))).containsExactly(other);
    }

    @Test
    void whatIsDeletedIsNotFoundAndLeavesNothing() {
        // Given
        String message = say("gone soon");
        String channel = channel(Map.of("name", "gone"));
        people.say(owner, channel, "gone as well");
        assertThat(ids(search(member, "content=gone"))).hasSize(2);

        // When
        execute("DELETE FROM messages WHERE id = ?", message);
        rest.send("DELETE", "/channels/" + channel, owner.token(), null).expect(200);

        // Then
        assertThat(ids(search(member, "content=gone"))).isEmpty();
        system.database()
                .query(handle -> handle.execute(
                        "UPDATE gone_channels SET gone_at = gone_at - interval '1 hour' WHERE channel_id = ?",
                        Long.parseLong(channel)));
        system.messageIndex().work(Duration.ofSeconds(10));
        assertThat(postings(place.channelId())).isZero();
        assertThat(postings(channel)).isZero();
    }

    @Test
    void aGuildWhoseIndexIsBeingMadeSaysSo() {
        // Given
        String message = say("older than the index");
        search(member, "content=older");
        execute("DELETE FROM search_postings WHERE place_id = ?", place.channelId());
        execute(
                "INSERT INTO search_backlog (guild_id, channel_id, before_id) SELECT guild_id, channel_id, " + message
                        + " + 1 FROM channel_places WHERE channel_id = ?",
                place.channelId());
        MessageSearch impatient =
                new MessageSearch(system.database(), system.content(), system.messageIndex(), Duration.ZERO);

        // When
        MessageSearch.Answer answer = impatient.search(
                Snowflake.parse(place.guildId()),
                Snowflake.parse(member.id()),
                SearchQuery.read(Map.of("content", "older")));

        // Then
        assertThat(answer.ready()).isFalse();
        assertThat(answer.body().path("code").asInt()).isEqualTo(110000);
        assertThat(answer.body().path("retry_after").asInt()).isPositive();
        assertThat(answer.body().has("documents_indexed")).isTrue();
        assertThat(ids(search(member, "content=older"))).containsExactly(message);
    }

    @Test
    void wrongParametersAreRefused() {
        assertThat(wrongField("limit=0")).isEqualTo("limit");
        assertThat(wrongField("limit=26")).isEqualTo("limit");
        assertThat(wrongField("offset=9976")).isEqualTo("offset");
        assertThat(wrongField("content=" + "x".repeat(1025))).isEqualTo("content");
        assertThat(wrongField("has=everything")).isEqualTo("has");
        assertThat(wrongField("author_id=me")).isEqualTo("author_id");
        assertThat(wrongField("author_type=cat")).isEqualTo("author_type");
        assertThat(wrongField("sort_by=size")).isEqualTo("sort_by");
        assertThat(wrongField("sort_order=up")).isEqualTo("sort_order");
        assertThat(wrongField("pinned=maybe")).isEqualTo("pinned");
        assertThat(wrongField("min_id=x")).isEqualTo("min_id");
        assertThat(wrongField("slop=101")).isEqualTo("slop");
        assertThat(get(member, "content=" + "x".repeat(1024)).status()).isEqualTo(200);
        assertThat(get(member, "limit=25&offset=9975").status()).isEqualTo(200);
    }

    @Test
    void botsSearchToo() {
        Person bot = people.bot(owner, place);
        String message = say("for bots");

        Reply reply = rest.get(path("content=bots"), "Bot " + bot.token());

        assertThat(ids(reply.expect(200))).containsExactly(message);
    }

    @Test
    void membersAreFoundByTheBeginningOfTheirNames() {
        // Given
        rest.send(
                        "PATCH",
                        "/guilds/" + place.guildId() + "/members/@me",
                        member.token(),
                        Map.of("nick", "Zoë the Great"))
                .expect(200);
        String members = "/guilds/" + place.guildId() + "/members/search?limit=10&query=";

        // Then
        assertThat(users(rest.get(members + encoded("zOË"), owner.token()).expect(200)))
                .containsExactly(member.id());
        assertThat(users(rest.get(members + owner.name().toUpperCase(java.util.Locale.ROOT), member.token())
                        .expect(200)))
                .containsExactly(owner.id());
        assertThat(users(rest.get(members + "nobody", owner.token()).expect(200)))
                .isEmpty();
        assertThat(code(rest.get(members, owner.token()), 400)).isEqualTo(50035);
        assertThat(code(rest.get(members + "x&limit=1001", owner.token()), 400)).isEqualTo(50035);
        assertThat(code(rest.get(members + "x", people.user().token()), 404)).isEqualTo(10004);
    }

    private String say(String content) {
        return say(owner, content);
    }

    private String say(Person author, String content) {
        return people.say(author, place.channelId(), content).path("id").asText();
    }

    private JsonNode search(Person who, String query) {
        return get(who, query).expect(200);
    }

    private Reply get(Person who, String query) {
        return rest.get(path(query), who.token());
    }

    private String path(String query) {
        return "/guilds/" + place.guildId() + "/messages/search?" + encoded(query);
    }

    /** Percent-encodes the values and keeps the marks between them. */
    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8)
                .replace("%3D", "=")
                .replace("%26", "&");
    }

    private String wrongField(String query) {
        JsonNode body = get(member, query).expect(400);
        assertThat(body.path("code").asInt()).isEqualTo(50035);
        return body.path("errors").fieldNames().next();
    }

    private String channel(Map<String, ?> form) {
        return rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), form)
                .expect(201)
                .path("id")
                .asText();
    }

    private String thread(Person who, Map<String, ?> form) {
        return rest.post("/channels/" + place.channelId() + "/threads", who.token(), form)
                .expect(201)
                .path("id")
                .asText();
    }

    private void deny(String channel, String permissions) {
        rest.send(
                        "PUT",
                        "/channels/" + channel + "/permissions/" + place.guildId(),
                        owner.token(),
                        Map.of("type", 0, "deny", permissions))
                .expect(204);
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }

    /** On the cluster that has the guild's messages. */
    private void execute(String statement, String id) {
        system.content().query(shard(), there -> there.handle().execute(statement, Long.parseLong(id)));
    }

    private LogicalShard shard() {
        return LogicalShard.ofGuild(Snowflake.parse(place.guildId()));
    }

    private int postings(String channel) {
        return system.content()
                .query(
                        shard(),
                        there -> there.handle()
                                .select(
                                        "SELECT count(*) FROM search_postings WHERE place_id = ?",
                                        Long.parseLong(channel))
                                .mapTo(Integer.class)
                                .one());
    }

    private static List<String> ids(JsonNode found) {
        List<String> ids = new ArrayList<>();
        found.path("messages").forEach(group -> ids.add(group.get(0).path("id").asText()));
        return ids;
    }

    private static List<String> users(JsonNode members) {
        List<String> ids = new ArrayList<>();
        members.forEach(one -> ids.add(one.path("user").path("id").asText()));
        return ids;
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
