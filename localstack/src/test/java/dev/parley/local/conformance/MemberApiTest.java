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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members: who they are, how they change and how they go; and the guild's own settings. */
@ExtendWith(LocalCloudExtension.class)
class MemberApiTest {

    private static final long KICK_MEMBERS = 1 << 1;
    private static final long MANAGE_GUILD = 1 << 5;
    private static final long MANAGE_NICKNAMES = 1 << 27;
    private static final long MANAGE_ROLES = 1 << 28;
    private static final int GUILDS_AND_MEMBERS = 3;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person deputy;
    private Person member;
    private Person stranger;
    private Place place;

    MemberApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        deputy = people.user();
        member = people.user();
        stranger = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(deputy, member));
    }

    @Test
    void membersAreListedInTheOrderOfTheirIds() {
        JsonNode all = rest.get(members() + "?limit=1000", member.token()).expect(200);
        JsonNode first = rest.get(members(), member.token()).expect(200);
        String firstId = first.get(0).path("user").path("id").asText();
        JsonNode others = rest.get(members() + "?limit=1000&after=" + firstId, member.token())
                .expect(200);

        assertThat(all).hasSize(3);
        assertThat(first).containsExactly(all.get(0));
        assertThat(others).containsExactly(all.get(1), all.get(2));
        assertThat(firstId)
                .isEqualTo(Stream.of(owner.id(), deputy.id(), member.id())
                        .min((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)))
                        .orElseThrow());
        assertThat(code(rest.get(members() + "?limit=1001", member.token()), 400))
                .isEqualTo(50035);
        assertThat(code(rest.get(members() + "?after=x", member.token()), 400)).isEqualTo(50035);
    }

    @Test
    void aMemberIsShownToMembersOnly() {
        JsonNode body = rest.get(path(owner), member.token()).expect(200);

        assertThat(body.path("user").path("username").asText()).isEqualTo(owner.name());
        assertThat(body.path("roles").isArray()).isTrue();
        assertThat(code(rest.get(path(stranger), member.token()), 404)).isEqualTo(10007);
        assertThat(code(rest.get(path(owner), stranger.token()), 404)).isEqualTo(10004);
        assertThat(code(rest.get(members(), stranger.token()), 404)).isEqualTo(10004);
    }

    @Test
    void aMemberTakesANickAndTheOthersHearOfIt() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), GUILDS_AND_MEMBERS)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode body = rest.send("PATCH", members() + "/@me", member.token(), Map.of("nick", "Nick"))
                    .expect(200);

            // Then
            assertThat(body.path("nick").asText()).isEqualTo("Nick");
            JsonNode update = client.awaitDispatch("GUILD_MEMBER_UPDATE").path("d");
            assertThat(update.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(update.path("nick").asText()).isEqualTo("Nick");
            assertThat(update.path("user").path("id").asText()).isEqualTo(member.id());
        }
        JsonNode without = rest.send(
                        "PATCH",
                        members() + "/@me",
                        member.token(),
                        Json.object().putNull("nick"))
                .expect(200);
        assertThat(without.path("nick").isNull()).isTrue();
        assertThat(code(rest.send("PATCH", members() + "/@me", member.token(), Map.of("nick", "x".repeat(33))), 400))
                .isEqualTo(50035);
    }

    @Test
    void anothersNickNeedsTheRightAndAHigherRole() {
        assertThat(code(rename(deputy, member), 403)).isEqualTo(50013);

        give(deputy, role(MANAGE_NICKNAMES));

        assertThat(rename(deputy, member).status()).isEqualTo(200);
        assertThat(code(rename(deputy, owner), 403)).isEqualTo(50013);
        assertThat(rename(owner, deputy).status()).isEqualTo(200);
        assertThat(code(rename(deputy, stranger), 404)).isEqualTo(10007);
    }

    @Test
    void rolesAreSetAsAListInWhichOnlyWhatChangesNeedsARight() {
        // Given
        String high = role(MANAGE_ROLES);
        String low = role(0);
        String lower = role(0);
        give(deputy, high);
        give(member, low);

        // Then
        assertThat(setRoles(deputy, member, List.of(place.guildId(), low, lower))
                        .expect(200)
                        .path("roles"))
                .isEqualTo(Json.tree(List.of(low, lower)));
        assertThat(code(setRoles(deputy, member, List.of(high)), 403)).isEqualTo(50013);
        assertThat(setRoles(deputy, deputy, List.of(high, low)).status()).isEqualTo(200);
        assertThat(code(setRoles(member, member, List.of()), 403)).isEqualTo(50013);
        assertThat(code(setRoles(owner, member, List.of("1")), 404)).isEqualTo(10011);
        assertThat(code(setRoles(owner, member, List.of("x")), 400)).isEqualTo(50035);
    }

    @Test
    void whoIsKickedIsOutAndMayComeBack() {
        // Given
        assertThat(code(rest.send("DELETE", path(member), deputy.token(), null), 403))
                .isEqualTo(50013);
        give(deputy, role(KICK_MEMBERS));

        // When
        rest.send("DELETE", path(member), deputy.token(), null).expect(204);

        // Then
        assertThat(code(rest.get("/guilds/" + place.guildId(), member.token()), 404))
                .isEqualTo(10004);
        assertThat(code(rest.get("/channels/" + place.channelId() + "/messages", member.token()), 404))
                .isEqualTo(10003);
        assertThat(code(rest.send("DELETE", path(member), deputy.token(), null), 404))
                .isEqualTo(10007);
        people.join(place, owner, List.of(member));
        people.say(member, place.channelId(), "back again");
    }

    @Test
    void nobodyKicksTheOwnerNorWhoStandsAsHigh() {
        // Given
        String kickers = role(KICK_MEMBERS);
        give(deputy, kickers);
        give(member, kickers);

        // Then
        assertThat(code(rest.send("DELETE", path(owner), deputy.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("DELETE", path(member), deputy.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("DELETE", path(owner), owner.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("DELETE", path(member), stranger.token(), null), 404))
                .isEqualTo(10004);
    }

    @Test
    void everybodyLeavesButTheOwner() {
        rest.send("DELETE", "/users/@me/guilds/" + place.guildId(), member.token(), null)
                .expect(204);

        assertThat(rest.get("/users/@me/guilds", member.token()).expect(200)).isEmpty();
        assertThat(code(rest.send("DELETE", "/users/@me/guilds/" + place.guildId(), member.token(), null), 404))
                .isEqualTo(10004);
        assertThat(code(rest.send("DELETE", "/users/@me/guilds/" + place.guildId(), owner.token(), null), 400))
                .isEqualTo(50055);
    }

    @Test
    void aGuildIsRenamedByWhoManagesIt() {
        // Given
        String guild = "/guilds/" + place.guildId();
        assertThat(code(rest.send("PATCH", guild, deputy.token(), Map.of("name", "new name")), 403))
                .isEqualTo(50013);
        give(deputy, role(MANAGE_GUILD));
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode body = rest.send("PATCH", guild, deputy.token(), Map.of("name", "new name"))
                    .expect(200);

            // Then
            assertThat(body.path("name").asText()).isEqualTo("new name");
            assertThat(client.awaitDispatch("GUILD_UPDATE").path("d")).isEqualTo(body);
        }
        assertThat(code(rest.send("PATCH", guild, deputy.token(), Map.of("owner_id", deputy.id())), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("PATCH", guild, deputy.token(), Map.of("name", "x")), 400))
                .isEqualTo(50035);
    }

    @Test
    void theOwnerGivesTheGuildAwayOrEndsIt() {
        String guild = "/guilds/" + place.guildId();

        assertThat(code(rest.send("PATCH", guild, owner.token(), Map.of("owner_id", stranger.id())), 404))
                .isEqualTo(10007);
        JsonNode body = rest.send("PATCH", guild, owner.token(), Map.of("owner_id", deputy.id()))
                .expect(200);
        assertThat(body.path("owner_id").asText()).isEqualTo(deputy.id());
        assertThat(code(rest.send("DELETE", guild, owner.token(), null), 403)).isEqualTo(50013);
        rest.send("DELETE", guild, deputy.token(), null).expect(204);
        assertThat(code(rest.get(guild, owner.token()), 404)).isEqualTo(10004);
        assertThat(code(rest.get("/channels/" + place.channelId(), owner.token()), 404))
                .isEqualTo(10003);
        assertThat(code(rest.send("DELETE", guild, deputy.token(), null), 404)).isEqualTo(10004);
    }

    private Reply rename(Person who, Person target) {
        return rest.send("PATCH", path(target), who.token(), Map.of("nick", "renamed"));
    }

    private Reply setRoles(Person who, Person target, List<String> roles) {
        return rest.send("PATCH", path(target), who.token(), Map.of("roles", roles));
    }

    private String role(long permissions) {
        return rest.post(
                        "/guilds/" + place.guildId() + "/roles",
                        owner.token(),
                        Map.of("permissions", Long.toString(permissions)))
                .expect(200)
                .path("id")
                .asText();
    }

    private void give(Person target, String roleId) {
        rest.send("PUT", path(target) + "/roles/" + roleId, owner.token(), null).expect(204);
    }

    private String members() {
        return "/guilds/" + place.guildId() + "/members";
    }

    private String path(Person person) {
        return members() + "/" + person.id();
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
