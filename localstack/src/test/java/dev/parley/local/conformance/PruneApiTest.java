package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may prune a guild, and what is asked of the form; {@code PruneTest} has who is pruned. */
@ExtendWith(LocalCloudExtension.class)
class PruneApiTest {

    private static final long KICK_MEMBERS = 1 << 1;
    private static final long MANAGE_GUILD = 1 << 5;

    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person deputy;
    private Place place;

    PruneApiTest(LocalCloud cloud) {
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        deputy = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(deputy));
    }

    @Test
    void whoJustCameIsNotPruned() {
        assertThat(rest.get(path("?days=1"), owner.token()).expect(200))
                .isEqualTo(Json.object().put("pruned", 0));
        assertThat(rest.post(path(""), owner.token(), Map.of("days", 1)).expect(200))
                .isEqualTo(Json.object().put("pruned", 0));
        assertThat(rest.post(path(""), owner.token(), Map.of("compute_prune_count", false))
                        .expect(200))
                .isEqualTo(Json.object().putNull("pruned"));
        assertThat(rest.get("/guilds/" + place.guildId() + "/audit-logs?action_type=21", owner.token())
                        .expect(200)
                        .path("audit_log_entries"))
                .isEmpty();
    }

    @Test
    void itTakesBothPermissions() {
        assertThat(code(rest.get(path(""), deputy.token()), 403)).isEqualTo(50013);
        grant(KICK_MEMBERS);
        assertThat(code(rest.get(path(""), deputy.token()), 403)).isEqualTo(50013);
        assertThat(code(rest.post(path(""), deputy.token(), Map.of()), 403)).isEqualTo(50013);
        grant(MANAGE_GUILD);
        rest.get(path(""), deputy.token()).expect(200);
        rest.post(path(""), deputy.token(), null).expect(200);
        assertThat(code(rest.get(path(""), people.user().token()), 404)).isEqualTo(10004);
    }

    @Test
    void theLimitsOfTheFormHold() {
        String many = IntStream.rangeClosed(1, 101).mapToObj(Integer::toString).collect(Collectors.joining(","));
        for (String wrong : List.of("?days=0", "?days=31", "?days=x", "?include_roles=x", "?include_roles=" + many)) {
            assertThat(code(rest.get(path(wrong), owner.token()), 400))
                    .as(wrong)
                    .isEqualTo(50035);
        }
        for (Map<String, ?> wrong :
                List.<Map<String, ?>>of(Map.of("days", 0), Map.of("days", 31), Map.of("include_roles", List.of("x")))) {
            assertThat(code(rest.post(path(""), owner.token(), wrong), 400))
                    .as(wrong.toString())
                    .isEqualTo(50035);
        }
        rest.get(path("?days=30&include_roles=1,2"), owner.token()).expect(200);
        rest.post(path(""), owner.token(), Map.of("days", 30, "include_roles", List.of("1", "2")))
                .expect(200);
    }

    private void grant(long permission) {
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
    }

    private String path(String query) {
        return "/guilds/" + place.guildId() + "/prune" + query;
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt();
    }
}
