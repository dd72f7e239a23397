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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is timed out sees and reads, and does nothing else. */
@ExtendWith(LocalCloudExtension.class)
class TimeoutApiTest {

    private static final long ADMINISTRATOR = 1 << 3;
    private static final long MODERATE_MEMBERS = 1L << 40;
    private static final long MANAGE_ROLES = 1 << 28;
    private static final Duration LONGEST = Duration.ofDays(28);

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person moderator;
    private Person member;
    private Place place;

    TimeoutApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        moderator = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(moderator, member));
        give(moderator, MODERATE_MEMBERS | MANAGE_ROLES);
    }

    @Test
    void whoIsTimedOutOnlySeesAndReads() {
        // Given
        String said = people.say(member, place.channelId(), "before").path("id").asText();
        String reaction = "/channels/" + place.channelId() + "/messages/" + said + "/reactions/%F0%9F%91%8D";
        rest.send("PUT", reaction + "/@me", owner.token(), null).expect(204);

        // When
        timeOut(owner, member, inAnHour()).expect(200);

        // Then
        String channel = "/channels/" + place.channelId();
        assertThat(code(rest.post(channel + "/messages", member.token(), Map.of("content", "x")), 403))
                .isEqualTo(50013);
        assertThat(code(rest.post(channel + "/typing", member.token(), null), 403))
                .isEqualTo(50013);
        assertThat(code(rest.post(channel + "/invites", member.token(), Map.of()), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("PATCH", members() + "/@me", member.token(), Map.of("nick", "x")), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("PUT", reaction + "/@me", member.token(), null), 403))
                .isEqualTo(50013);
        assertThat(rest.get(channel, member.token()).status()).isEqualTo(200);
        assertThat(rest.get(channel + "/messages", member.token()).expect(200)).hasSize(1);
    }

    @Test
    void aModeratorWhoIsTimedOutManagesNothing() {
        // Given
        Instant until = inAnHour();

        // When
        timeOut(owner, moderator, until).expect(200);

        // Then
        assertThat(code(timeOut(moderator, member, until), 403)).isEqualTo(50013);
        assertThat(code(
                        rest.post("/guilds/" + place.guildId() + "/roles", moderator.token(), Map.of("name", "x")),
                        403))
                .isEqualTo(50013);
    }

    @Test
    void theTimeoutIsInTheMemberAndEverybodyHearsOfIt() {
        // Given
        Instant until = inAnHour();
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), 1 | 1 << 1 | 1 << 2)) {
            client.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode changed = timeOut(moderator, member, until).expect(200);

            // Then
            assertThat(until(changed)).isEqualTo(until);
            JsonNode update = client.awaitDispatch("GUILD_MEMBER_UPDATE").path("d");
            assertThat(update.at("/user/id").asText()).isEqualTo(member.id());
            assertThat(until(update)).isEqualTo(until);
            JsonNode entry =
                    client.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(entry.path("action_type").asInt()).isEqualTo(24);
            assertThat(entry.path("user_id").asText()).isEqualTo(moderator.id());
            assertThat(entry.path("target_id").asText()).isEqualTo(member.id());
            assertThat(entry.at("/changes/0/key").asText()).isEqualTo("communication_disabled_until");
            assertThat(Instant.parse(entry.at("/changes/0/new_value").asText())).isEqualTo(until);
        }
        assertThat(until(rest.get(members() + "/" + member.id(), owner.token()).expect(200)))
                .isEqualTo(until);
    }

    @Test
    void nullEndsTheTimeout() {
        // Given
        timeOut(moderator, member, inAnHour()).expect(200);

        // When
        JsonNode changed = timeOut(moderator, member, null).expect(200);

        // Then
        assertThat(changed.path("communication_disabled_until").isNull()).isTrue();
        people.say(member, place.channelId(), "again");
    }

    @Test
    void aTimeoutThatIsOverTakesNothing() {
        timeOut(moderator, member, Instant.now().minusSeconds(1)).expect(200);

        people.say(member, place.channelId(), "still here");
    }

    @Test
    void aTimeoutLastsTwentyEightDaysAtTheMost() {
        assertThat(timeOut(moderator, member, Instant.now().plus(LONGEST)).status())
                .isEqualTo(200);
        assertThat(code(timeOut(moderator, member, Instant.now().plus(LONGEST).plusSeconds(60)), 400))
                .isEqualTo(50035);
        assertThat(code(
                        rest.send(
                                "PATCH",
                                members() + "/" + member.id(),
                                moderator.token(),
                                Map.of("communication_disabled_until", "tomorrow")),
                        400))
                .isEqualTo(50035);
    }

    @Test
    void nobodyTimesOutWhoIsNotBelowThemNorAnAdministrator() {
        // Given
        Person administrator = people.user();
        people.join(place, owner, List.of(administrator));
        Instant until = inAnHour();

        // Then
        assertThat(code(timeOut(member, moderator, until), 403)).isEqualTo(50013);
        assertThat(code(timeOut(moderator, owner, until), 403)).isEqualTo(50013);
        assertThat(code(timeOut(moderator, moderator, until), 403)).isEqualTo(50013);

        give(administrator, ADMINISTRATOR);

        assertThat(code(timeOut(owner, administrator, until), 403)).isEqualTo(50013);
        assertThat(code(timeOut(moderator, people.user(), until), 404)).isEqualTo(10007);
    }

    @Test
    void whoBecomesAnAdministratorIsNotHeldByATimeout() {
        timeOut(owner, member, inAnHour()).expect(200);

        give(member, ADMINISTRATOR);

        people.say(member, place.channelId(), "free");
    }

    private Reply timeOut(Person who, Person target, @Nullable Instant until) {
        ObjectNode form = Json.object();
        form.put("communication_disabled_until", until == null ? null : until.toString());
        return rest.send("PATCH", members() + "/" + target.id(), who.token(), form);
    }

    private static Instant inAnHour() {
        return Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant until(JsonNode member) {
        return Instant.parse(member.path("communication_disabled_until").asText());
    }

    private void give(Person target, long permissions) {
        String guild = "/guilds/" + place.guildId();
        String role = rest.post(guild + "/roles", owner.token(), Map.of("permissions", Long.toString(permissions)))
                .expect(200)
                .path("id")
                .asText();
        rest.send("PUT", guild + "/members/" + target.id() + "/roles/" + role, owner.token(), null)
                .expect(204);
    }

    private String members() {
        return "/guilds/" + place.guildId() + "/members";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
