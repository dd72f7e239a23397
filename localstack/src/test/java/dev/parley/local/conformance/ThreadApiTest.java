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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Threads through the REST API, and what the gateway tells of them. */
@ExtendWith(LocalCloudExtension.class)
class ThreadApiTest {

    private static final int PUBLIC = 11;
    private static final int PRIVATE = 12;
    private static final long SEND_MESSAGES = 1L << 11;
    private static final long READ_MESSAGE_HISTORY = 1L << 16;
    private static final long MANAGE_THREADS = 1L << 34;
    private static final long CREATE_PUBLIC_THREADS = 1L << 35;
    private static final long CREATE_PRIVATE_THREADS = 1L << 36;
    private static final long SEND_MESSAGES_IN_THREADS = 1L << 38;

    /** GUILDS, GUILD_MODERATION, GUILD_MESSAGES. */
    private static final long INTENTS = 1 | 1 << 2 | 1 << 9;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Person other;
    private Person stranger;
    private Place place;

    ThreadApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        other = people.user();
        stranger = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member, other));
    }

    @Test
    void aThreadThatBeginsWithAMessageHasItsId() {
        // Given
        String message =
                people.say(owner, place.channelId(), "let us talk").path("id").asText();

        // When
        JsonNode thread = rest.post(
                        channel() + "/messages/" + message + "/threads", member.token(), Map.of("name", "talk"))
                .expect(201);

        // Then
        assertThat(thread.path("id").asText()).isEqualTo(message);
        assertThat(thread.path("type").asInt()).isEqualTo(PUBLIC);
        assertThat(thread.path("guild_id").asText()).isEqualTo(place.guildId());
        assertThat(thread.path("parent_id").asText()).isEqualTo(place.channelId());
        assertThat(thread.path("owner_id").asText()).isEqualTo(member.id());
        assertThat(thread.path("message_count").asInt(-1)).isZero();
        assertThat(thread.path("member_count").asInt()).isEqualTo(1);
        assertThat(thread.at("/member/user_id").asText()).isEqualTo(member.id());
        JsonNode metadata = thread.path("thread_metadata");
        assertThat(metadata.path("archived").asBoolean(true)).isFalse();
        assertThat(metadata.path("locked").asBoolean(true)).isFalse();
        assertThat(metadata.path("auto_archive_duration").asInt()).isEqualTo(4320);
        JsonNode starter =
                rest.get(channel() + "/messages/" + message, other.token()).expect(200);
        assertThat(starter.path("flags").asInt() & 1 << 5).isNotZero();
        assertThat(starter.at("/thread/id").asText()).isEqualTo(message);
        JsonNode first =
                rest.get("/channels/" + message + "/messages", other.token()).expect(200);
        assertThat(first).hasSize(1);
        assertThat(first.get(0).path("type").asInt()).isEqualTo(21);
        assertThat(first.get(0).at("/referenced_message/content").asText()).isEqualTo("let us talk");
        assertThat(first.get(0).at("/message_reference/channel_id").asText()).isEqualTo(place.channelId());
        assertThat(code(
                        rest.post(channel() + "/messages/" + message + "/threads", owner.token(), Map.of("name", "x")),
                        400))
                .isEqualTo(160004);
    }

    @Test
    void aThreadThatBeginsWithNothingIsPrivateUnlessItIsSaid() {
        JsonNode hidden = thread(member, Map.of("name", "hidden", "invitable", false));
        JsonNode open = thread(member, Map.of("name", "open", "type", PUBLIC, "auto_archive_duration", 60));

        assertThat(hidden.path("type").asInt()).isEqualTo(PRIVATE);
        assertThat(hidden.at("/thread_metadata/invitable").asBoolean(true)).isFalse();
        assertThat(open.path("type").asInt()).isEqualTo(PUBLIC);
        assertThat(open.at("/thread_metadata/auto_archive_duration").asInt()).isEqualTo(60);
        assertThat(open.at("/thread_metadata").has("invitable")).isFalse();
        JsonNode told = rest.get(channel() + "/messages", other.token()).expect(200);
        assertThat(told).as("of the public one only").hasSize(1);
        assertThat(told.get(0).path("type").asInt()).isEqualTo(18);
        assertThat(told.get(0).path("content").asText()).isEqualTo("open");
        assertThat(told.get(0).at("/message_reference/channel_id").asText()).isEqualTo(id(open));
    }

    @Test
    void wrongFormsAndPlacesAreRefused() {
        JsonNode open = thread(member, Map.of("name", "open", "type", PUBLIC));
        String said = people.say(owner, id(open), "inside").path("id").asText();
        String category = rest.post(
                        "/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "rooms", "type", 4))
                .expect(201)
                .path("id")
                .asText();

        assertThat(code(start(member, Map.of()), 400)).isEqualTo(50035);
        assertThat(code(start(member, Map.of("name", "x".repeat(101))), 400)).isEqualTo(50035);
        assertThat(code(start(member, Map.of("name", "x", "auto_archive_duration", 61)), 400))
                .isEqualTo(50035);
        assertThat(code(start(member, Map.of("name", "x", "type", 10)), 400)).isEqualTo(50035);
        assertThat(code(start(member, Map.of("name", "x", "rate_limit_per_user", 21_601)), 400))
                .isEqualTo(50035);
        assertThat(code(rest.post("/channels/" + id(open) + "/threads", member.token(), Map.of("name", "x")), 400))
                .isEqualTo(50024);
        assertThat(code(
                        rest.post(
                                "/channels/" + id(open) + "/messages/" + said + "/threads",
                                member.token(),
                                Map.of("name", "x")),
                        400))
                .isEqualTo(50024);
        assertThat(code(rest.post("/channels/" + category + "/threads", owner.token(), Map.of("name", "x")), 400))
                .isEqualTo(50024);
        assertThat(code(rest.post(channel() + "/messages/1/threads", member.token(), Map.of("name", "x")), 404))
                .isEqualTo(10008);
        assertThat(code(start(stranger, Map.of("name", "x")), 404)).isEqualTo(10003);
        assertThat(code(rest.post("/channels/" + id(open) + "/invites", owner.token(), Map.of()), 400))
                .isEqualTo(50024);
        assertThat(code(
                        rest.send(
                                "PUT",
                                "/channels/" + id(open) + "/permissions/" + member.id(),
                                owner.token(),
                                Map.of("type", 1)),
                        400))
                .isEqualTo(50024);
    }

    @Test
    void whoMayNotMakeThreadsMakesNone() {
        String message = people.say(owner, place.channelId(), "hi").path("id").asText();
        deny(member, CREATE_PUBLIC_THREADS);

        assertThat(code(start(member, Map.of("name", "x", "type", PUBLIC)), 403))
                .isEqualTo(50013);
        assertThat(code(
                        rest.post(channel() + "/messages/" + message + "/threads", member.token(), Map.of("name", "x")),
                        403))
                .isEqualTo(50013);
        assertThat(start(member, Map.of("name", "x")).status()).isEqualTo(201);

        deny(member, CREATE_PRIVATE_THREADS);

        assertThat(code(start(member, Map.of("name", "x")), 403)).isEqualTo(50013);
    }

    @Test
    void inAThreadItIsTheRightToSendInThreadsThatCounts() {
        String open = id(thread(owner, Map.of("name", "open", "type", PUBLIC)));
        deny(member, SEND_MESSAGES);
        deny(other, SEND_MESSAGES_IN_THREADS);

        people.say(member, open, "may");
        assertThat(code(rest.post("/channels/" + open + "/messages", other.token(), Map.of("content", "x")), 403))
                .isEqualTo(50013);
        assertThat(code(rest.post("/channels/" + open + "/typing", other.token(), null), 403))
                .isEqualTo(50013);
        people.say(other, place.channelId(), "outside");
    }

    @Test
    void whoSendsIsInTheThreadAndMessagesAreCounted() {
        // Given
        String open = id(thread(owner, Map.of("name", "open", "type", PUBLIC)));

        // When
        people.say(member, open, "one");
        people.say(member, open, "two");

        // Then
        JsonNode now = rest.get("/channels/" + open, member.token()).expect(200);
        assertThat(now.path("message_count").asInt()).isEqualTo(2);
        assertThat(now.path("total_message_sent").asInt()).isEqualTo(2);
        assertThat(now.path("member_count").asInt()).isEqualTo(2);
        assertThat(now.at("/member/user_id").asText()).isEqualTo(member.id());
        assertThat(rest.get("/channels/" + open, other.token()).expect(200).has("member"))
                .isFalse();
    }

    @Test
    void allWhoSeeTheChannelHearOfAPublicThread() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), other.token(), INTENTS)) {
            client.awaitDispatch("GUILD_CREATE");
            String message =
                    people.say(owner, place.channelId(), "hi").path("id").asText();

            // When
            rest.post(channel() + "/messages/" + message + "/threads", member.token(), Map.of("name", "talk"))
                    .expect(201);

            // Then
            JsonNode created = client.awaitDispatch("THREAD_CREATE").path("d");
            assertThat(created.path("id").asText()).isEqualTo(message);
            assertThat(created.path("newly_created").asBoolean()).isTrue();
            JsonNode updated = client.awaitDispatch("MESSAGE_UPDATE").path("d");
            assertThat(updated.path("id").asText()).isEqualTo(message);
            assertThat(updated.at("/thread/id").asText()).isEqualTo(message);
            JsonNode starter = client.awaitDispatch("MESSAGE_CREATE").path("d");
            assertThat(starter.path("channel_id").asText()).isEqualTo(message);
            assertThat(starter.path("type").asInt()).isEqualTo(21);
            people.say(member, message, "in the thread");
            assertThat(client.awaitMessage("in the thread").at("/d/channel_id").asText())
                    .isEqualTo(message);

            rest.send("PATCH", "/channels/" + message, owner.token(), Map.of("name", "talks"))
                    .expect(200);
            assertThat(client.awaitDispatch("THREAD_UPDATE").at("/d/name").asText())
                    .isEqualTo("talks");

            rest.send("DELETE", "/channels/" + message, owner.token(), null).expect(200);
            JsonNode deleted = client.awaitDispatch("THREAD_DELETE").path("d");
            assertThat(deleted.path("id").asText()).isEqualTo(message);
            assertThat(deleted.path("parent_id").asText()).isEqualTo(place.channelId());
            assertThat(deleted.path("type").asInt()).isEqualTo(PUBLIC);
        }
    }

    @Test
    void joiningAndLeavingAreToldToWhoDoesAndToWhoAsked() {
        String open = id(thread(owner, Map.of("name", "open", "type", PUBLIC)));
        try (GatewayClient own = GatewayClient.ready(cloud.gatewayUrl(), member.token(), 1);
                GatewayClient watcher = GatewayClient.ready(cloud.gatewayUrl(), other.token(), 1 | 1 << 1)) {
            // When
            rest.send("PUT", members(open) + "/@me", member.token(), null).expect(204);
            rest.send("PUT", members(open) + "/@me", member.token(), null).expect(204);

            // Then
            assertThat(own.awaitDispatch("THREAD_MEMBER_UPDATE")
                            .at("/d/user_id")
                            .asText())
                    .isEqualTo(member.id());
            for (GatewayClient client : List.of(own, watcher)) {
                JsonNode update = client.awaitDispatch("THREAD_MEMBERS_UPDATE").path("d");
                assertThat(update.path("id").asText()).isEqualTo(open);
                assertThat(update.path("member_count").asInt()).isEqualTo(2);
                assertThat(update.at("/added_members/0/user_id").asText()).isEqualTo(member.id());
                assertThat(update.at("/added_members/0/member/user/id").asText())
                        .isEqualTo(member.id());
            }
            rest.send("DELETE", members(open) + "/@me", member.token(), null).expect(204);
            for (GatewayClient client : List.of(own, watcher)) {
                JsonNode update = client.awaitDispatch("THREAD_MEMBERS_UPDATE").path("d");
                assertThat(update.path("member_count").asInt()).isEqualTo(1);
                assertThat(update.at("/removed_member_ids/0").asText()).isEqualTo(member.id());
            }
        }
    }

    @Test
    void theMembersOfAThreadAreListedByTheirIds() {
        String open = id(thread(owner, Map.of("name", "open", "type", PUBLIC)));
        rest.send("PUT", members(open) + "/" + member.id(), owner.token(), null).expect(204);
        rest.send("PUT", members(open) + "/" + other.id(), member.token(), null).expect(204);

        JsonNode all = rest.get(members(open), other.token()).expect(200);
        assertThat(all.findValuesAsText("user_id")).containsExactly(owner.id(), member.id(), other.id());
        assertThat(all.get(0).has("member")).isFalse();
        JsonNode page = rest.get(members(open) + "?with_member=true&limit=1&after=" + owner.id(), owner.token())
                .expect(200);
        assertThat(page).hasSize(1);
        assertThat(page.get(0).at("/member/user/id").asText()).isEqualTo(member.id());
        JsonNode one = rest.get(members(open) + "/" + other.id() + "?with_member=true", owner.token())
                .expect(200);
        assertThat(one.path("id").asText()).isEqualTo(open);
        assertThat(one.at("/member/user/id").asText()).isEqualTo(other.id());
        assertThat(rest.get(members(open) + "/@me", member.token())
                        .expect(200)
                        .path("user_id")
                        .asText())
                .isEqualTo(member.id());
        assertThat(code(rest.get(members(open) + "/" + stranger.id(), owner.token()), 404))
                .isEqualTo(10007);
        assertThat(code(rest.send("PUT", members(open) + "/" + stranger.id(), owner.token(), null), 404))
                .isEqualTo(10007);
        assertThat(code(rest.get(members(open), stranger.token()), 404)).isEqualTo(10003);
        assertThat(code(rest.get(channel() + "/thread-members", owner.token()), 400))
                .isEqualTo(50024);
        assertThat(code(rest.send("DELETE", members(open) + "/" + other.id(), member.token(), null), 403))
                .isEqualTo(50013);
        rest.send("DELETE", members(open) + "/" + other.id(), owner.token(), null)
                .expect(204);
        assertThat(code(rest.send("DELETE", members(open) + "/" + other.id(), owner.token(), null), 404))
                .isEqualTo(10007);
    }

    @Test
    void whoLeavesTheGuildLeavesItsThreads() {
        String open = id(thread(owner, Map.of("name", "open", "type", PUBLIC)));
        people.say(member, open, "here");

        rest.send("DELETE", "/users/@me/guilds/" + place.guildId(), member.token(), null)
                .expect(204);

        assertThat(rest.get(members(open), owner.token()).expect(200)).hasSize(1);
    }

    @Test
    void aPrivateThreadIsForItsMembersAndWhoManagesThreads() {
        String hidden = id(thread(member, Map.of("name", "hidden")));

        assertThat(code(rest.get("/channels/" + hidden, other.token()), 403)).isEqualTo(50001);
        assertThat(code(rest.send("PUT", members(hidden) + "/@me", other.token(), null), 403))
                .isEqualTo(50001);
        assertThat(rest.get("/channels/" + hidden, owner.token()).status()).isEqualTo(200);
        rest.send("PUT", members(hidden) + "/" + other.id(), member.token(), null)
                .expect(204);
        people.say(other, hidden, "thanks");
        rest.send("DELETE", members(hidden) + "/" + other.id(), member.token(), null)
                .expect(204);
        assertThat(code(rest.get("/channels/" + hidden + "/messages", other.token()), 403))
                .isEqualTo(50001);
    }

    @Test
    void onlyWhoManagesThreadsOrMadeItAddsToAThreadThatIsNotInvitable() {
        String closed = id(thread(member, Map.of("name", "closed", "invitable", false)));
        rest.send("PUT", members(closed) + "/" + other.id(), member.token(), null)
                .expect(204);
        Person third = people.user();
        people.join(place, owner, List.of(third));

        assertThat(code(rest.send("PUT", members(closed) + "/" + third.id(), other.token(), null), 403))
                .isEqualTo(50013);
        rest.send("PUT", members(closed) + "/" + third.id(), owner.token(), null)
                .expect(204);
    }

    @Test
    void itsMakerArchivesAThreadAndAMessageBringsItBack() {
        // Given
        String open = id(thread(member, Map.of("name", "open", "type", PUBLIC)));

        // When
        JsonNode archived = patch(member, open, Map.of("archived", true)).expect(200);

        // Then
        assertThat(archived.at("/thread_metadata/archived").asBoolean()).isTrue();
        assertThat(code(patch(member, open, Map.of("name", "x")), 400)).isEqualTo(50083);
        assertThat(code(rest.send("PUT", members(open) + "/@me", other.token(), null), 400))
                .isEqualTo(50083);
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {
            client.awaitDispatch("GUILD_CREATE");
            people.say(other, open, "not so fast");
            assertThat(client.awaitDispatch("THREAD_UPDATE")
                            .at("/d/thread_metadata/archived")
                            .asBoolean(true))
                    .isFalse();
            client.awaitMessage("not so fast");
        }
        assertThat(patch(member, open, Map.of("archived", true)).status()).isEqualTo(200);
        assertThat(patch(other, open, Map.of("archived", false))
                        .expect(200)
                        .at("/thread_metadata/archived")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void inAnArchivedThreadNothingIsEditedOrReactedTo() {
        // Given
        String open = id(thread(member, Map.of("name", "open", "type", PUBLIC)));
        String message = people.say(member, open, "said").path("id").asText();
        String path = "/channels/" + open + "/messages/" + message;
        String reaction = path + "/reactions/%F0%9F%91%8D/@me";
        rest.send("PUT", reaction, owner.token(), null).expect(204);

        // When
        patch(member, open, Map.of("archived", true)).expect(200);

        // Then
        assertThat(code(rest.send("PATCH", path, member.token(), Map.of("content", "other")), 400))
                .isEqualTo(50083);
        assertThat(code(rest.send("PUT", reaction, other.token(), null), 400)).isEqualTo(50083);
    }

    @Test
    void messagesThatAreDeletedAreNotCountedAnyMore() {
        // Given
        String open = id(thread(member, Map.of("name", "open", "type", PUBLIC)));
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            messages.add(people.say(member, open, "m" + i).path("id").asText());
        }

        // When
        String path = "/channels/" + open + "/messages/";
        rest.send("DELETE", path + messages.getFirst(), member.token(), null).expect(204);
        rest.post(path + "bulk-delete", owner.token(), Map.of("messages", messages.subList(1, 3)))
                .expect(204);

        // Then
        JsonNode thread = rest.get("/channels/" + open, member.token()).expect(200);
        assertThat(thread.path("message_count").asInt()).isEqualTo(1);
        assertThat(thread.path("total_message_sent").asInt()).isEqualTo(4);
    }

    @Test
    void nobodyElseChangesAThread() {
        String open = id(thread(member, Map.of("name", "open", "type", PUBLIC)));

        assertThat(code(patch(other, open, Map.of("name", "mine")), 403)).isEqualTo(50013);
        assertThat(code(patch(other, open, Map.of("archived", true)), 403)).isEqualTo(50013);
        assertThat(code(patch(member, open, Map.of("locked", true)), 403)).isEqualTo(50013);
        assertThat(code(patch(member, open, Map.of("rate_limit_per_user", 5)), 403))
                .isEqualTo(50013);
        assertThat(code(rest.send("DELETE", "/channels/" + open, member.token(), null), 403))
                .isEqualTo(50013);
        JsonNode changed = patch(member, open, Map.of("name", "ours", "auto_archive_duration", 1440))
                .expect(200);
        assertThat(changed.path("name").asText()).isEqualTo("ours");
        assertThat(changed.at("/thread_metadata/auto_archive_duration").asInt()).isEqualTo(1440);
        allow(other, MANAGE_THREADS);
        assertThat(patch(other, open, Map.of("rate_limit_per_user", 5))
                        .expect(200)
                        .path("rate_limit_per_user")
                        .asInt())
                .isEqualTo(5);
        assertThat(code(patch(other, open, Map.of("auto_archive_duration", 5)), 400))
                .isEqualTo(50035);
    }

    @Test
    void aLockedThreadIsForWhoManagesThreads() {
        String open = id(thread(member, Map.of("name", "open", "type", PUBLIC)));
        patch(owner, open, Map.of("locked", true)).expect(200);

        assertThat(code(rest.post("/channels/" + open + "/messages", member.token(), Map.of("content", "x")), 400))
                .isEqualTo(160005);
        assertThat(code(patch(member, open, Map.of("name", "x")), 403)).isEqualTo(50013);
        people.say(owner, open, "closed");
        patch(owner, open, Map.of("archived", true)).expect(200);
        assertThat(code(patch(member, open, Map.of("archived", false)), 403)).isEqualTo(50013);
        assertThat(code(rest.post("/channels/" + open + "/messages", member.token(), Map.of("content", "x")), 400))
                .isEqualTo(160005);
    }

    @Test
    void changesAreInTheAuditLog() {
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), INTENTS)) {
            String open = id(thread(member, Map.of("name", "open", "type", PUBLIC)));
            patch(owner, open, Map.of("name", "opener", "locked", true)).expect(200);
            rest.send("DELETE", "/channels/" + open, owner.token(), null).expect(200);

            JsonNode created =
                    client.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(created.path("action_type").asInt()).isEqualTo(110);
            assertThat(created.path("user_id").asText()).isEqualTo(member.id());
            assertThat(created.path("target_id").asText()).isEqualTo(open);
            JsonNode updated =
                    client.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(updated.path("action_type").asInt()).isEqualTo(111);
            assertThat(updated.path("changes").findValuesAsText("key")).containsExactly("name", "locked");
            JsonNode deleted =
                    client.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE").path("d");
            assertThat(deleted.path("action_type").asInt()).isEqualTo(112);
        }
    }

    @Test
    void activeThreadsAreListedForWhoSeesThem() {
        String open = id(thread(owner, Map.of("name", "open", "type", PUBLIC)));
        String hidden = id(thread(member, Map.of("name", "hidden")));
        String archived = id(thread(owner, Map.of("name", "archived", "type", PUBLIC)));
        patch(owner, archived, Map.of("archived", true)).expect(200);
        String guild = "/guilds/" + place.guildId() + "/threads/active";

        JsonNode mine = rest.get(guild, member.token()).expect(200);
        assertThat(ids(mine.path("threads"))).containsExactly(hidden, open);
        assertThat(ids(mine.path("members"))).containsExactly(hidden);
        assertThat(ids(rest.get(guild, other.token()).expect(200).path("threads")))
                .containsExactly(open);
        assertThat(code(rest.get(guild, stranger.token()), 404)).isEqualTo(10004);
        assertThat(ids(rest.get("/guilds/" + place.guildId() + "/channels", owner.token())
                        .expect(200)))
                .containsExactly(place.channelId());
        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            JsonNode threads = client.awaitDispatch("GUILD_CREATE").at("/d/threads");
            assertThat(ids(threads)).containsExactly(hidden, open);
            assertThat(threads.get(0).at("/member/user_id").asText()).isEqualTo(member.id());
            assertThat(threads.get(1).has("member")).isFalse();
        }
    }

    @Test
    void archivedThreadsAreListedPageByPage() {
        // Given
        List<String> open = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(id(thread(owner, Map.of("name", "open", "type", PUBLIC))));
            hidden.add(id(thread(member, Map.of("name", "hidden"))));
            patch(owner, open.get(i), Map.of("archived", true)).expect(200);
            patch(owner, hidden.get(i), Map.of("archived", true)).expect(200);
        }

        // When
        JsonNode first = rest.get(channel() + "/threads/archived/public?limit=2", other.token())
                .expect(200);
        String last = first.at("/threads/1/thread_metadata/archive_timestamp").asText();
        JsonNode second = rest.get(
                        channel() + "/threads/archived/public?limit=2&before=" + last.replace("+", "%2B"),
                        other.token())
                .expect(200);

        // Then
        assertThat(ids(first.path("threads"))).containsExactly(open.get(2), open.get(1));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(ids(second.path("threads"))).containsExactly(open.get(0));
        assertThat(second.path("has_more").asBoolean(true)).isFalse();
        assertThat(ids(rest.get(channel() + "/threads/archived/private", owner.token())
                        .expect(200)
                        .path("threads")))
                .containsExactly(hidden.get(2), hidden.get(1), hidden.get(0));
        assertThat(code(rest.get(channel() + "/threads/archived/private", member.token()), 403))
                .isEqualTo(50013);
        String joined = channel() + "/users/@me/threads/archived/private";
        assertThat(ids(rest.get(joined + "?before=" + hidden.get(2), member.token())
                        .expect(200)
                        .path("threads")))
                .containsExactly(hidden.get(1), hidden.get(0));
        assertThat(rest.get(joined, other.token()).expect(200).path("threads")).isEmpty();
        assertThat(code(rest.get(channel() + "/threads/archived/public?limit=1", other.token()), 400))
                .isEqualTo(50035);
        assertThat(code(rest.get(channel() + "/threads/archived/public?before=yesterday", other.token()), 400))
                .isEqualTo(50035);
        deny(other, READ_MESSAGE_HISTORY);
        assertThat(code(rest.get(channel() + "/threads/archived/public", other.token()), 403))
                .isEqualTo(50013);
    }

    @Test
    void threadsAreFoundByTheirNames() {
        // Given
        String rain = id(thread(owner, Map.of("name", "Rain 100%", "type", PUBLIC)));
        String hidden = id(thread(member, Map.of("name", "hidden rain")));
        String sun = id(thread(owner, Map.of("name", "sun", "type", PUBLIC)));
        people.say(owner, rain, "still raining");
        patch(owner, sun, Map.of("archived", true)).expect(200);

        // Then
        assertThat(ids(search(member, "name=rain").path("threads"))).containsExactly(rain, hidden);
        assertThat(ids(search(other, "name=rain").path("threads"))).containsExactly(rain);
        assertThat(ids(search(other, "name=0%25").path("threads"))).containsExactly(rain);
        assertThat(ids(search(other, "name=r%25n").path("threads"))).isEmpty();
        assertThat(ids(search(owner, "archived=true").path("threads"))).containsExactly(sun);
        JsonNode page = search(owner, "sort_by=creation_time&sort_order=asc&limit=1&offset=1");
        assertThat(ids(page.path("threads"))).containsExactly(hidden);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(page.path("total_results").asInt()).isEqualTo(3);
        assertThat(code(rest.get(channel() + "/threads/search?limit=26", owner.token()), 400))
                .isEqualTo(50035);
        assertThat(code(rest.get(channel() + "/threads/search", stranger.token()), 404))
                .isEqualTo(10003);
    }

    @Test
    void aDeletedChannelTakesItsThreadsWithIt() {
        String room = rest.post("/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "room"))
                .expect(201)
                .path("id")
                .asText();
        String thread =
                id(rest.post("/channels/" + room + "/threads", owner.token(), Map.of("name", "x", "type", PUBLIC))
                        .expect(201));
        people.say(member, thread, "soon gone");

        rest.send("DELETE", "/channels/" + room, owner.token(), null).expect(200);

        assertThat(code(rest.get("/channels/" + thread, owner.token()), 404)).isEqualTo(10003);
    }

    @Test
    void anAnnouncementChannelHasThreadsOfItsOwnKind() {
        String news = rest.post(
                        "/guilds/" + place.guildId() + "/channels", owner.token(), Map.of("name", "news", "type", 5))
                .expect(201)
                .path("id")
                .asText();
        String message = people.say(owner, news, "hear").path("id").asText();

        JsonNode thread = rest.post(
                        "/channels/" + news + "/messages/" + message + "/threads",
                        owner.token(),
                        Map.of("name", "comments"))
                .expect(201);

        assertThat(thread.path("type").asInt()).isEqualTo(10);
        assertThat(code(
                        rest.post("/channels/" + news + "/threads", owner.token(), Map.of("name", "x", "type", PUBLIC)),
                        400))
                .isEqualTo(50035);
    }

    private JsonNode search(Person who, String query) {
        return rest.get(channel() + "/threads/search?" + query, who.token()).expect(200);
    }

    private JsonNode thread(Person who, Map<String, ?> form) {
        return start(who, form).expect(201);
    }

    private Reply start(Person who, Map<String, ?> form) {
        return rest.post(channel() + "/threads", who.token(), form);
    }

    private Reply patch(Person who, String threadId, Map<String, ?> form) {
        return rest.send("PATCH", "/channels/" + threadId, who.token(), form);
    }

    private void deny(Person whom, long permissions) {
        overwrite(whom, 0, permissions);
    }

    private void allow(Person whom, long permissions) {
        overwrite(whom, permissions, 0);
    }

    private void overwrite(Person whom, long allow, long deny) {
        rest.send(
                        "PUT",
                        channel() + "/permissions/" + whom.id(),
                        owner.token(),
                        Map.of("type", 1, "allow", Long.toString(allow), "deny", Long.toString(deny)))
                .expect(204);
    }

    private String channel() {
        return "/channels/" + place.channelId();
    }

    private static String members(String threadId) {
        return "/channels/" + threadId + "/thread-members";
    }

    private static String id(JsonNode thing) {
        return thing.path("id").asText();
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.forEach(thing -> ids.add(id(thing)));
        return ids;
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
