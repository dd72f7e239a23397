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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bans: who is put out stays out, and what they said may go with them. */
@ExtendWith(LocalCloudExtension.class)
class BanApiTest {

    private static final long BAN_MEMBERS = 1 << 2;
    private static final long MANAGE_GUILD = 1 << 5;

    /** GUILDS, GUILD_MEMBERS, GUILD_MODERATION, GUILD_MESSAGES. */
    private static final long INTENTS = 1 | 1 << 1 | 1 << 2 | 1 << 9;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person deputy;
    private Person member;
    private Place place;

    BanApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        deputy = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(deputy, member));
    }

    @Test
    void aBannedMemberIsOutHearsNothingMoreAndDoesNotComeBack() {
        String code = invite();
        try (GatewayClient banned = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS);
                GatewayClient witness = GatewayClient.ready(cloud.gatewayUrl(), deputy.token(), INTENTS)) {
            banned.awaitDispatch("GUILD_CREATE");
            witness.awaitDispatch("GUILD_CREATE");

            // When
            rest.sendBecause("spam", "PUT", ban(member), owner.token(), null).expect(204);
            people.say(owner, place.channelId(), "gone");

            // Then
            JsonNode removed = witness.awaitDispatch("GUILD_MEMBER_REMOVE").path("d");
            JsonNode told = witness.awaitDispatch("GUILD_BAN_ADD").path("d");
            assertThat(removed.at("/user/id").asText()).isEqualTo(member.id());
            assertThat(told.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(told.at("/user/id").asText()).isEqualTo(member.id());
            witness.awaitMessage("gone");
            assertThat(banned.awaitDispatch("GUILD_DELETE").at("/d/id").asText())
                    .isEqualTo(place.guildId());
            assertThat(banned.frames()).isEmpty();
        }
        assertThat(code(rest.get("/guilds/" + place.guildId(), member.token()), 404))
                .isEqualTo(10004);
        assertThat(code(rest.post("/invites/" + code, member.token(), Map.of()), 403))
                .isEqualTo(40007);
        JsonNode entry = rest.get("/guilds/" + place.guildId() + "/audit-logs?action_type=22", owner.token())
                .expect(200)
                .at("/audit_log_entries/0");
        assertThat(entry.path("target_id").asText()).isEqualTo(member.id());
        assertThat(entry.path("reason").asText()).isEqualTo("spam");
    }

    @Test
    void aBanIsShownAndLifted() {
        // Given
        rest.sendBecause("spam", "PUT", ban(member), owner.token(), null).expect(204);
        rest.sendBecause("again", "PUT", ban(member), owner.token(), null).expect(204);

        // When
        JsonNode ban = rest.get(ban(member), owner.token()).expect(200);

        // Then
        assertThat(ban.path("reason").asText()).isEqualTo("spam");
        assertThat(ban.at("/user/id").asText()).isEqualTo(member.id());
        assertThat(code(rest.get(ban(deputy), owner.token()), 404)).isEqualTo(10026);
        try (GatewayClient witness = GatewayClient.ready(cloud.gatewayUrl(), deputy.token(), INTENTS)) {
            witness.awaitDispatch("GUILD_CREATE");
            rest.send("DELETE", ban(member), owner.token(), null).expect(204);
            assertThat(witness.awaitDispatch("GUILD_BAN_REMOVE")
                            .at("/d/user/id")
                            .asText())
                    .isEqualTo(member.id());
        }
        assertThat(code(rest.send("DELETE", ban(member), owner.token(), null), 404))
                .isEqualTo(10026);
        rest.post("/invites/" + invite(), member.token(), Map.of()).expect(200);
        assertThat(rest.get("/guilds/" + place.guildId() + "/audit-logs", owner.token())
                        .expect(200)
                        .path("audit_log_entries")
                        .findValuesAsText("action_type"))
                .filteredOn(action -> action.startsWith("2"))
                .containsExactly("23", "22");
    }

    @Test
    void bansAreListedByUser() {
        // Given
        List<Person> outsiders =
                IntStream.range(0, 3).mapToObj(i -> people.user()).toList();
        outsiders.forEach(
                user -> rest.send("PUT", ban(user), owner.token(), null).expect(204));
        List<String> ids = outsiders.stream()
                .map(Person::id)
                .sorted((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)))
                .toList();

        // Then
        assertThat(listed("")).isEqualTo(ids);
        assertThat(listed("?limit=2")).isEqualTo(ids.subList(0, 2));
        assertThat(listed("?after=" + ids.get(0))).isEqualTo(ids.subList(1, 3));
        assertThat(listed("?limit=1&before=" + ids.get(2))).containsExactly(ids.get(1));
        for (String wrong : List.of("?limit=0", "?limit=1001", "?after=x")) {
            assertThat(code(rest.get(bans() + wrong, owner.token()), 400)).isEqualTo(50035);
        }
    }

    @Test
    void theMessagesOfTheLastSecondsGoInBulk() {
        // Given
        String other = rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "other"))
                .expect(201)
                .path("id")
                .asText();
        String stays = people.say(deputy, place.channelId(), "stays").path("id").asText();
        List<String> spam = List.of(
                people.say(member, place.channelId(), "spam").path("id").asText(),
                people.say(member, place.channelId(), "more spam").path("id").asText());
        String elsewhere = people.say(member, other, "spam").path("id").asText();
        try (GatewayClient witness = GatewayClient.ready(cloud.gatewayUrl(), deputy.token(), INTENTS)) {
            witness.awaitDispatch("GUILD_CREATE");

            // When
            rest.send("PUT", ban(member), owner.token(), Map.of("delete_message_seconds", 3600))
                    .expect(204);

            // Then
            JsonNode first = witness.awaitDispatch("MESSAGE_DELETE_BULK").path("d");
            assertThat(first.path("channel_id").asText()).isEqualTo(place.channelId());
            assertThat(texts(first.path("ids"))).isEqualTo(spam);
            JsonNode second = witness.awaitDispatch("MESSAGE_DELETE_BULK").path("d");
            assertThat(second.path("channel_id").asText()).isEqualTo(other);
            assertThat(texts(second.path("ids"))).containsExactly(elsewhere);
        }
        assertThat(rest.get("/channels/" + place.channelId() + "/messages", owner.token())
                        .expect(200)
                        .findValuesAsText("content"))
                .contains("stays")
                .doesNotContain("spam", "more spam");
        assertThat(stays).isNotEmpty();
        assertThat(code(rest.send("PUT", ban(deputy), owner.token(), Map.of("delete_message_seconds", 604_801)), 400))
                .isEqualTo(50035);
        rest.send("PUT", ban(deputy), owner.token(), Map.of("delete_message_days", 7))
                .expect(204);
        assertThat(rest.get("/channels/" + place.channelId() + "/messages", owner.token())
                        .expect(200)
                        .findValuesAsText("content"))
                .doesNotContain("stays");
    }

    @Test
    void nobodyBansWhoIsNotBelowThem() {
        // Given
        String role = grant(BAN_MEMBERS);
        Person peer = people.user();
        people.join(place, owner, List.of(peer));
        rest.send("PUT", "/guilds/" + place.guildId() + "/members/" + peer.id() + "/roles/" + role, owner.token(), null)
                .expect(204);

        // Then
        assertThat(code(rest.send("PUT", ban(peer), deputy.token(), null), 403)).isEqualTo(50013);
        assertThat(code(rest.send("PUT", ban(owner), deputy.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("PUT", ban(deputy), deputy.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("PUT", ban(owner), owner.token(), null), 403)).isEqualTo(50013);
        assertThat(code(rest.send("PUT", ban(peer), member.token(), null), 403)).isEqualTo(50013);
        assertThat(code(rest.get(bans(), member.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.get(bans(), people.user().token()), 404)).isEqualTo(10004);
        assertThat(code(rest.send("PUT", bans() + "/1", owner.token(), null), 404))
                .isEqualTo(10013);
        rest.send("PUT", ban(member), deputy.token(), null).expect(204);
    }

    @Test
    void manyAreBannedAtOnceAsFarAsPossible() {
        // Given
        grant(BAN_MEMBERS);
        Person outsider = people.user();
        assertThat(code(bulk(deputy, List.of(member.id())), 403)).isEqualTo(50013);
        grant(MANAGE_GUILD);

        // When
        JsonNode done = bulk(deputy, List.of(member.id(), outsider.id(), owner.id(), "1", member.id()))
                .expect(200);

        // Then
        assertThat(texts(done.path("banned_users"))).containsExactly(member.id(), outsider.id());
        assertThat(texts(done.path("failed_users"))).containsExactly(owner.id(), "1");
        assertThat(listed("")).containsExactlyInAnyOrder(member.id(), outsider.id());
        assertThat(code(bulk(owner, List.of(member.id())), 400)).isEqualTo(500000);
        assertThat(code(bulk(owner, List.of()), 400)).isEqualTo(50035);
        List<String> tooMany =
                IntStream.rangeClosed(1, 201).mapToObj(Integer::toString).toList();
        assertThat(code(bulk(owner, tooMany), 400)).isEqualTo(50035);
    }

    private Reply bulk(Person caller, List<String> users) {
        ObjectNode form = Json.object();
        users.forEach(form.putArray("user_ids")::add);
        return rest.post("/guilds/" + place.guildId() + "/bulk-ban", caller.token(), form);
    }

    private String grant(long permission) {
        String role = rest.post(
                        "/guilds/" + place.guildId() + "/roles",
                        owner.token(),
                        Map.of("permissions", Long.toString(permission)))
                .expect(200)
                .path("id")
                .asText();
        rest.send(
                        "PUT",
                        "/guilds/" + place.guildId() + "/members/" + deputy.id() + "/roles/" + role,
                        owner.token(),
                        null)
                .expect(204);
        return role;
    }

    private String invite() {
        return rest.post("/channels/" + place.channelId() + "/invites", owner.token(), Map.of())
                .expect(200)
                .path("code")
                .asText();
    }

    private List<String> listed(String query) {
        List<String> ids = new ArrayList<>();
        rest.get(bans() + query, owner.token())
                .expect(200)
                .forEach(ban -> ids.add(ban.at("/user/id").asText()));
        return ids;
    }

    private String bans() {
        return "/guilds/" + place.guildId() + "/bans";
    }

    private String ban(Person user) {
        return bans() + "/" + user.id();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
