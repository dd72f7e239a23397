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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Roles and who has them, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class RoleApiTest {

    private static final long KICK_MEMBERS = 1 << 1;
    private static final long MANAGE_ROLES = 1 << 28;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person deputy;
    private Person member;
    private Person stranger;
    private Place place;

    RoleApiTest(LocalCloud cloud) {
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
    void aNewRoleStandsBelowTheOthersWithThePermissionsOfEveryone() {
        // Given
        String older = role("older", 0);

        // When
        JsonNode role = rest.post(roles(), owner.token(), Map.of()).expect(200);

        // Then
        JsonNode all = rest.get(roles(), member.token()).expect(200);
        assertThat(all).hasSize(3);
        assertThat(all.get(0).path("id").asText()).isEqualTo(place.guildId());
        assertThat(role.path("permissions")).isEqualTo(all.get(0).path("permissions"));
        assertThat(role.path("name").asText()).isEqualTo("new role");
        assertThat(role.path("position").asInt()).isEqualTo(1);
        assertThat(role.path("colors").path("primary_color").asInt(-1)).isZero();
        assertThat(all.findValuesAsText("id")).contains(older, role.path("id").asText());
    }

    @Test
    void aRoleIsChangedAndTheMembersHearOfIt() {
        // Given
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1)) {
            client.awaitDispatch("GUILD_CREATE");
            String id = role("helpers", 0);
            assertThat(client.awaitDispatch("GUILD_ROLE_CREATE")
                            .at("/d/role/id")
                            .asText())
                    .isEqualTo(id);

            // When
            JsonNode changed = rest.send(
                            "PATCH",
                            roles() + "/" + id,
                            owner.token(),
                            Map.of("name", "helper", "color", 255, "hoist", true, "permissions", "2"))
                    .expect(200);

            // Then
            assertThat(changed.path("name").asText()).isEqualTo("helper");
            assertThat(changed.path("color").asInt()).isEqualTo(255);
            assertThat(changed.path("hoist").asBoolean()).isTrue();
            assertThat(changed.path("permissions").asText()).isEqualTo("2");
            JsonNode update = client.awaitDispatch("GUILD_ROLE_UPDATE").path("d");
            assertThat(update.path("guild_id").asText()).isEqualTo(place.guildId());
            assertThat(update.path("role")).isEqualTo(changed);
            rest.send("DELETE", roles() + "/" + id, owner.token(), null).expect(204);
            assertThat(client.awaitDispatch("GUILD_ROLE_DELETE").path("d"))
                    .isEqualTo(Json.object().put("guild_id", place.guildId()).put("role_id", id));
        }
    }

    @Test
    void aDeletedRoleIsTakenFromItsMembers() {
        // Given
        String id = role("short-lived", 0);
        give(member, id);
        assertThat(rolesOf(member)).containsExactly(id);

        // When
        rest.send("DELETE", roles() + "/" + id, owner.token(), null).expect(204);

        // Then
        assertThat(rolesOf(member)).isEmpty();
        assertThat(code(rest.send("DELETE", roles() + "/" + id, owner.token(), null), 404))
                .isEqualTo(10011);
    }

    @Test
    void nobodyChangesARoleThatIsNotBelowTheirOwn() {
        // Given
        String high = role("high", MANAGE_ROLES);
        String low = role("low", 0);
        give(deputy, high);

        // Then
        assertThat(patch(low, Map.of("name", "lower")).status()).isEqualTo(200);
        assertThat(code(patch(high, Map.of("name", "higher")), 403)).isEqualTo(50013);
        assertThat(code(rest.send("DELETE", roles() + "/" + high, deputy.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(put(deputy, member, high), 403)).isEqualTo(50013);
        assertThat(put(deputy, member, low).status()).isEqualTo(204);
        assertThat(rest.send("DELETE", memberRole(member, low), deputy.token(), null)
                        .status())
                .isEqualTo(204);
        assertThat(rolesOf(member)).isEmpty();
    }

    @Test
    void nobodyGrantsAPermissionThatTheyDoNotHave() {
        // Given
        give(deputy, role("deputies", MANAGE_ROLES));
        String low = role("low", 0);

        // Then
        assertThat(code(patch(low, Map.of("permissions", Long.toString(KICK_MEMBERS))), 403))
                .isEqualTo(50013);
        assertThat(code(rest.post(roles(), deputy.token(), Map.of("permissions", Long.toString(KICK_MEMBERS))), 403))
                .isEqualTo(50013);
        assertThat(patch(low, Map.of("permissions", Long.toString(MANAGE_ROLES)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutTheRightToManageRolesNothingIsChanged() {
        String id = role("some", 0);

        assertThat(code(rest.post(roles(), member.token(), Map.of()), 403)).isEqualTo(50013);
        assertThat(code(rest.send("PATCH", roles() + "/" + id, member.token(), Map.of()), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("DELETE", roles() + "/" + id, member.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(put(member, member, id), 403)).isEqualTo(50013);
        assertThat(code(rest.send("PATCH", roles(), member.token(), List.of()), 403))
                .isEqualTo(50013);
    }

    @Test
    void aStrangerLearnsNothing() {
        assertThat(code(rest.get(roles(), stranger.token()), 404)).isEqualTo(10004);
        assertThat(code(rest.post(roles(), stranger.token(), Map.of()), 404)).isEqualTo(10004);
        assertThat(code(put(stranger, member, "1"), 404)).isEqualTo(10004);
    }

    @Test
    void theRoleOfEveryoneAndABotsOwnStay() {
        // Given
        Person bot = people.bot(owner, place);
        String managed = rolesOf(bot).getFirst();

        // Then
        assertThat(code(rest.send("DELETE", roles() + "/" + place.guildId(), owner.token(), null), 400))
                .isEqualTo(50028);
        assertThat(code(rest.send("DELETE", roles() + "/" + managed, owner.token(), null), 400))
                .isEqualTo(50028);
        assertThat(code(put(owner, member, managed), 403)).isEqualTo(50013);
        JsonNode everyone = rest.send(
                        "PATCH", roles() + "/" + place.guildId(), owner.token(), Map.of("permissions", "1024"))
                .expect(200);
        assertThat(everyone.path("permissions").asText()).isEqualTo("1024");
    }

    @Test
    void aWrongFormSaysWhatIsWrong() {
        Reply reply =
                rest.post(roles(), owner.token(), Map.of("name", "x".repeat(101), "permissions", "all", "color", -1));

        assertThat(code(reply, 400)).isEqualTo(50035);
        assertThat(reply.body().path("errors").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("name", "permissions", "color");
    }

    @Test
    void unknownRolesAndMembersAreNotFound() {
        String id = role("some", 0);

        assertThat(code(rest.send("PATCH", roles() + "/1", owner.token(), Map.of()), 404))
                .isEqualTo(10011);
        assertThat(code(put(owner, member, "1"), 404)).isEqualTo(10011);
        assertThat(code(put(owner, stranger, id), 404)).isEqualTo(10007);
    }

    @Test
    void rolesChangePlacesBelowTheHighestRoleOfWhoMovesThem() {
        // Given
        String first = role("first", 0);
        String second = role("second", 0);
        String third = role("third", MANAGE_ROLES);
        give(deputy, third);
        List<Map<String, Object>> order = List.of(
                Map.of("id", third, "position", 3),
                Map.of("id", first, "position", 2),
                Map.of("id", second, "position", 1),
                Map.of("id", place.guildId(), "position", 0));

        // When
        JsonNode all = rest.send("PATCH", roles(), owner.token(), order).expect(200);

        // Then
        assertThat(all.findValuesAsText("name")).containsExactly("@everyone", "second", "first", "third");
        assertThat(code(move(deputy, first, 4), 403)).isEqualTo(50013);
        assertThat(code(move(deputy, third, 1), 403)).isEqualTo(50013);
        assertThat(code(move(owner, place.guildId(), 1), 400)).isEqualTo(50028);
        assertThat(code(move(owner, first, -1), 400)).isEqualTo(50035);
        assertThat(move(deputy, second, 2).status()).isEqualTo(200);
    }

    private Reply move(Person who, String roleId, int position) {
        return rest.send("PATCH", roles(), who.token(), List.of(Map.of("id", roleId, "position", position)));
    }

    private Reply patch(String roleId, Map<String, ?> form) {
        return rest.send("PATCH", roles() + "/" + roleId, deputy.token(), form);
    }

    private Reply put(Person who, Person target, String roleId) {
        return rest.send("PUT", memberRole(target, roleId), who.token(), null);
    }

    private void give(Person target, String roleId) {
        put(owner, target, roleId).expect(204);
    }

    private String role(String name, long permissions) {
        return rest.post(roles(), owner.token(), Map.of("name", name, "permissions", Long.toString(permissions)))
                .expect(200)
                .path("id")
                .asText();
    }

    private List<String> rolesOf(Person person) {
        List<String> ids = new ArrayList<>();
        rest.get("/guilds/" + place.guildId() + "/members/" + person.id(), owner.token())
                .expect(200)
                .path("roles")
                .forEach(role -> ids.add(role.asText()));
        return ids;
    }

    private String memberRole(Person person, String roleId) {
        return "/guilds/" + place.guildId() + "/members/" + person.id() + "/roles/" + roleId;
    }

    private String roles() {
        return "/guilds/" + place.guildId() + "/roles";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
