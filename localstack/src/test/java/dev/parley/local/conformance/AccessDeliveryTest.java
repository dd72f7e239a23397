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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change of access reaches open sessions at once: nobody gets an event that was committed after they lost the right. */
@ExtendWith(LocalCloudExtension.class)
class AccessDeliveryTest {

    private static final String VIEW_CHANNEL = "1024";

    /** GUILDS, GUILD_MEMBERS, GUILD_MESSAGES. */
    private static final long INTENTS = 1 | 1 << 1 | 1 << 9;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    AccessDeliveryTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void aGuildOfTwo() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
    }

    @Test
    void whoLosesViewChannelGetsNothingThatWasCommittedAfterTheChange() throws Exception {
        // Given somebody who talks without a pause
        Set<String> before = ConcurrentHashMap.newKeySet();
        Set<String> after = ConcurrentHashMap.newKeySet();
        AtomicBoolean changed = new AtomicBoolean();
        AtomicBoolean talking = new AtomicBoolean(true);
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS);
                GatewayClient witness = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {
            Thread talker = Thread.ofVirtual().start(() -> {
                for (int i = 0; talking.get() && i < 40; i++) {
                    boolean later = changed.get();
                    String id = people.say(owner, place.channelId(), "m" + i)
                            .path("id")
                            .asText();
                    (later ? after : before).add(id);
                }
            });
            while (before.size() < 10) {
                assertThat(witness.awaitDispatch("MESSAGE_CREATE")).isNotNull();
            }

            // When
            deny(place.channelId(), member);
            changed.set(true);

            // Then
            assertThat(talker.join(java.time.Duration.ofSeconds(30))).isTrue();
            String last =
                    people.say(owner, place.channelId(), "the last").path("id").asText();
            witness.awaitMessage("the last");
            assertThat(after).hasSizeGreaterThan(5);
            String here = otherChannel("still here");
            List<String> got = new ArrayList<>();
            JsonNode deleted = null;
            for (JsonNode frame = session.next(); !isIn(frame, here); frame = session.next()) {
                if (frame.path("t").asText().equals("MESSAGE_CREATE")) {
                    got.add(frame.path("d").path("id").asText());
                } else if (frame.path("t").asText().equals("CHANNEL_DELETE")) {
                    deleted = frame.path("d");
                }
            }
            assertThat(got).doesNotContainAnyElementsOf(after).doesNotContain(last);
            assertThat(deleted).isNotNull();
            assertThat(deleted.path("id").asText()).isEqualTo(place.channelId());
        }
    }

    @Test
    void whoGainsAChannelGetsItAndWhoKeepsItHearsOfTheChange() {
        String open = thread(owner, Map.of("name", "open", "type", 11));
        thread(owner, Map.of("name", "hidden"));
        deny(place.channelId(), member);
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS);
                GatewayClient witness = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {

            rest.send("DELETE", overwrite(place.channelId(), member), owner.token(), null)
                    .expect(204);

            JsonNode created = session.awaitDispatch("CHANNEL_CREATE").path("d");
            assertThat(created.path("id").asText()).isEqualTo(place.channelId());
            assertThat(witness.awaitDispatch("CHANNEL_UPDATE")
                            .path("d")
                            .path("id")
                            .asText())
                    .isEqualTo(place.channelId());
            JsonNode threads = session.awaitDispatch("THREAD_LIST_SYNC").path("d");
            assertThat(threads.at("/channel_ids/0").asText()).isEqualTo(place.channelId());
            assertThat(threads.path("threads").findValuesAsText("id")).containsExactly(open);
            people.say(owner, place.channelId(), "welcome back");
            session.awaitMessage("welcome back");
            for (JsonNode frame = witness.next(); !isIn(frame, place.channelId()); frame = witness.next()) {
                assertThat(frame.path("t").asText()).isNotEqualTo("THREAD_LIST_SYNC");
            }
        }
    }

    @Test
    void whoIsKickedHearsOfItAndThenNothing() {
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS | 1 << 12);
                GatewayClient witness = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {

            rest.send("DELETE", "/guilds/" + place.guildId() + "/members/" + member.id(), owner.token(), null)
                    .expect(204);
            people.say(owner, place.channelId(), "without you");

            JsonNode gone = session.awaitDispatch("GUILD_DELETE").path("d");
            assertThat(gone.path("id").asText()).isEqualTo(place.guildId());
            assertThat(gone.has("unavailable")).isFalse();
            assertThat(witness.awaitDispatch("GUILD_MEMBER_REMOVE")
                            .path("d")
                            .path("user")
                            .path("id")
                            .asText())
                    .isEqualTo(member.id());
            witness.awaitMessage("without you");
            saveAMessage();
            awaitNothingButTheSaved(session);
        }
    }

    @Test
    void whoComesBackAfterAKickHearsEverythingAgain() {
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            rest.send("DELETE", "/guilds/" + place.guildId() + "/members/" + member.id(), owner.token(), null)
                    .expect(204);
            session.awaitDispatch("GUILD_DELETE");

            people.join(place, owner, List.of(member));

            assertThat(session.awaitDispatch("GUILD_CREATE")
                            .path("d")
                            .path("id")
                            .asText())
                    .isEqualTo(place.guildId());
            people.say(owner, place.channelId(), "again");
            session.awaitMessage("again");
        }
    }

    @Test
    void aRoleThatIsTakenAwayTakesItsChannelAlong() {
        // Given a channel that only a role sees
        String role = rest.post("/guilds/" + place.guildId() + "/roles", owner.token(), Map.of("name", "insiders"))
                .expect(200)
                .path("id")
                .asText();
        rest.send("PUT", memberRole(role), owner.token(), null).expect(204);
        rest.send(
                        "PUT",
                        "/channels/" + place.channelId() + "/permissions/" + place.guildId(),
                        owner.token(),
                        Map.of("type", 0, "allow", "0", "deny", VIEW_CHANNEL))
                .expect(204);
        rest.send(
                        "PUT",
                        "/channels/" + place.channelId() + "/permissions/" + role,
                        owner.token(),
                        Map.of("type", 0, "allow", VIEW_CHANNEL, "deny", "0"))
                .expect(204);
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            people.say(owner, place.channelId(), "for insiders");
            session.awaitMessage("for insiders");

            // When
            rest.send("DELETE", memberRole(role), owner.token(), null).expect(204);
            people.say(owner, place.channelId(), "for those who are left");
            String here = otherChannel("for all");

            // Then
            for (JsonNode frame = session.next(); !isIn(frame, here); frame = session.next()) {
                assertThat(frame.path("d").path("content").asText()).isNotEqualTo("for those who are left");
            }
        }
    }

    @Test
    void aPrivateThreadIsHeardByItsMembersAndNobodyElse() {
        // Given
        Person outsider = people.user();
        people.join(place, owner, List.of(outsider));
        String hidden = thread(owner, Map.of("name", "hidden"));
        try (GatewayClient outside = GatewayClient.ready(cloud.gatewayUrl(), outsider.token(), INTENTS);
                GatewayClient inside = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            // When
            people.say(owner, hidden, "before");
            rest.send("PUT", threadMember(hidden, member), owner.token(), null).expect(204);
            people.say(owner, hidden, "between");
            List<String> told = new ArrayList<>();
            // What is on its way when a right is lost need not arrive.
            while (!told.contains("MESSAGE_CREATE between")) {
                note(inside.next(), hidden, told);
            }
            rest.send("DELETE", threadMember(hidden, member), owner.token(), null)
                    .expect(204);
            people.say(owner, hidden, "after");
            rest.send("PATCH", "/channels/" + hidden, owner.token(), Map.of("name", "renamed"))
                    .expect(200);
            String here = otherChannel("for all");

            // Then
            for (JsonNode frame = inside.next(); !isIn(frame, here); frame = inside.next()) {
                note(frame, hidden, told);
            }
            assertThat(told)
                    .containsExactly(
                            "THREAD_CREATE ",
                            "THREAD_MEMBER_UPDATE ",
                            "THREAD_MEMBERS_UPDATE ",
                            "MESSAGE_CREATE between",
                            "THREAD_MEMBERS_UPDATE ");
            for (JsonNode frame = outside.next(); !isIn(frame, here); frame = outside.next()) {
                assertThat(concerns(frame, hidden)).as(frame.toString()).isFalse();
            }
        }
    }

    @Test
    void whoManagesThreadsHearsOfPrivateOnesUntilTheRightIsTaken() {
        // Given
        String hidden = thread(owner, Map.of("name", "hidden"));
        String role = rest.post(
                        "/guilds/" + place.guildId() + "/roles",
                        owner.token(),
                        Map.of("permissions", Long.toString(1L << 34)))
                .expect(200)
                .path("id")
                .asText();
        rest.send("PUT", memberRole(role), owner.token(), null).expect(204);
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            people.say(owner, hidden, "for managers");
            session.awaitMessage("for managers");

            // When
            rest.send("DELETE", memberRole(role), owner.token(), null).expect(204);
            people.say(owner, hidden, "for members");
            rest.send("DELETE", "/channels/" + hidden, owner.token(), null).expect(200);
            String here = otherChannel("for all");

            // Then
            for (JsonNode frame = session.next(); !isIn(frame, here); frame = session.next()) {
                assertThat(concerns(frame, hidden)).as(frame.toString()).isFalse();
            }
        }
    }

    @Test
    void theEndOfAPrivateThreadIsToldToItsMembersAndWhoManagesThreads() {
        // Given
        Person outsider = people.user();
        people.join(place, owner, List.of(outsider));
        String hidden = thread(member, Map.of("name", "hidden"));
        try (GatewayClient outside = GatewayClient.ready(cloud.gatewayUrl(), outsider.token(), INTENTS);
                GatewayClient inside = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS);
                GatewayClient manager = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {
            // When
            rest.send("DELETE", "/channels/" + hidden, owner.token(), null).expect(200);
            String here = otherChannel("for all");

            // Then
            for (GatewayClient client : List.of(inside, manager)) {
                assertThat(client.awaitDispatch("THREAD_DELETE").at("/d/id").asText())
                        .isEqualTo(hidden);
            }
            for (JsonNode frame = outside.next(); !isIn(frame, here); frame = outside.next()) {
                assertThat(concerns(frame, hidden)).as(frame.toString()).isFalse();
            }
        }
    }

    @Test
    void whoLosesAChannelHearsNothingOfItsThreads() {
        // Given
        String open = thread(owner, Map.of("name", "open", "type", 11));
        people.say(member, open, "I am in it");
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            people.say(owner, open, "for all who see it");
            session.awaitMessage("for all who see it");

            // When
            deny(place.channelId(), member);
            people.say(owner, open, "for the rest");
            rest.send("PATCH", "/channels/" + open, owner.token(), Map.of("archived", true))
                    .expect(200);
            String here = otherChannel("for all");

            // Then
            for (JsonNode frame = session.next(); !isIn(frame, here); frame = session.next()) {
                assertThat(concerns(frame, open)).as(frame.toString()).isFalse();
            }
        }
    }

    @Test
    void aMemberHearsOfItsOwnRolesWithoutTheIntent() {
        String role = rest.post("/guilds/" + place.guildId() + "/roles", owner.token(), Map.of("name", "helpers"))
                .expect(200)
                .path("id")
                .asText();
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1)) {
            rest.send("PUT", memberRole(role), owner.token(), null).expect(204);

            assertThat(session.awaitDispatch("GUILD_MEMBER_UPDATE")
                            .path("d")
                            .path("roles")
                            .get(0)
                            .asText())
                    .isEqualTo(role);
        }
    }

    @Test
    void everybodyHearsThatAGuildIsDeletedAndNothingAfter() {
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS | 1 << 12)) {
            rest.send("DELETE", "/guilds/" + place.guildId(), owner.token(), null)
                    .expect(204);

            assertThat(session.awaitDispatch("GUILD_DELETE")
                            .path("d")
                            .path("id")
                            .asText())
                    .isEqualTo(place.guildId());
            saveAMessage();
            awaitNothingButTheSaved(session);
        }
    }

    @Test
    void aRevokedTokenEndsItsSessions() throws Exception {
        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            rest.post("/auth/logout", member.token(), Map.of());

            assertThat(session.awaitOp(9).path("d").asBoolean()).isFalse();
            assertThat(session.awaitClose()).isEqualTo(1000);
        }
    }

    private String thread(Person who, Map<String, ?> form) {
        return rest.post("/channels/" + place.channelId() + "/threads", who.token(), form)
                .expect(201)
                .path("id")
                .asText();
    }

    private static String threadMember(String threadId, Person who) {
        return "/channels/" + threadId + "/thread-members/" + who.id();
    }

    private static void note(JsonNode frame, String channelId, List<String> told) {
        if (concerns(frame, channelId)) {
            told.add(frame.path("t").asText() + " "
                    + frame.path("d").path("content").asText());
        }
    }

    private static boolean concerns(JsonNode frame, String channelId) {
        JsonNode data = frame.path("d");
        return data.path("id").asText().equals(channelId)
                || data.path("channel_id").asText().equals(channelId);
    }

    private void saveAMessage() {
        String saved = rest.post("/users/@me/channels", member.token(), Map.of("recipient_id", member.id()))
                .expect(200)
                .path("id")
                .asText();
        people.say(member, saved, "to myself");
    }

    /** The first frames are of the channel that was opened to save a message in, and of the message. */
    private void awaitNothingButTheSaved(GatewayClient session) {
        JsonNode opened = session.next();
        assertThat(opened.path("t").asText()).as(opened.toString()).isEqualTo("CHANNEL_CREATE");
        assertThat(opened.at("/d/guild_id").isMissingNode()).isTrue();
        assertThat(opened.at("/d/recipients/0/id").asText()).isEqualTo(member.id());
        assertThat(session.next().at("/d/content").asText()).isEqualTo("to myself");
    }

    /** Says something where everybody sees it; returns the channel. */
    private String otherChannel(String content) {
        String channelId = rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "open"))
                .expect(201)
                .path("id")
                .asText();
        people.say(owner, channelId, content);
        return channelId;
    }

    private static boolean isIn(JsonNode frame, String channelId) {
        return frame.path("t").asText().equals("MESSAGE_CREATE")
                && frame.path("d").path("channel_id").asText().equals(channelId);
    }

    private void deny(String channelId, Person whom) {
        rest.send(
                        "PUT",
                        overwrite(channelId, whom),
                        owner.token(),
                        Map.of("type", 1, "allow", "0", "deny", VIEW_CHANNEL))
                .expect(204);
    }

    private static String overwrite(String channelId, Person whom) {
        return "/channels/" + channelId + "/permissions/" + whom.id();
    }

    private String memberRole(String role) {
        return "/guilds/" + place.guildId() + "/members/" + member.id() + "/roles/" + role;
    }
}
