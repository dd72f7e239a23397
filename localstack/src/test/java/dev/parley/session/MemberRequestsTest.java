package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.connection.PostOutcome;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large guilds in GUILD_MEMBERS_CHUNKs. */
class MemberRequestsTest {

    /** GUILDS, GUILD_MEMBERS, GUILD_PRESENCES. */
    private static final long ALL = 1 | 1 << 1 | 1 << 8;

    private static final int MAX_FRAME = 128 * 1024;

    /** Above all ids that are made. */
    private static final AtomicLong NEXT_ID = new AtomicLong(4_000_000_000_000_000_000L);

    @TempDir
    private static Path folder;

    private static SessionStage stage;

    private final User owner = stage.user();
    private final Snowflake guildId = stage.guild(owner);

    @BeforeAll
    static void start() {
        stage = SessionStage.start(folder);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @AfterEach
    void readAgain() {
        stage.posts.outcome = PostOutcome.DELIVERED;
    }

    @Test
    void aGuildOfAnySizeComesWholeInPartsThatFitAMessage() {
        // Given members, some of them with many roles and long nicks
        settle(700, "'{}'", "NULL");
        settle(
                60,
                "(SELECT array_agg(n) FROM generate_series(1000000000000000000, 1000000000000000249) n)",
                "repeat(chr(1), 32)");
        String connection = stage.identify(owner, ALL);

        // When
        ask(connection, everybody().put("nonce", "n"));

        // Then
        List<JsonNode> chunks = chunks(connection);
        assertThat(chunks.size()).isGreaterThan(4);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            JsonNode chunk = chunks.get(i);
            assertThat(chunk.path("chunk_index").asInt()).isEqualTo(i);
            assertThat(chunk.path("chunk_count").asInt()).isEqualTo(chunks.size());
            assertThat(chunk.path("nonce").asText()).isEqualTo("n");
            assertThat(chunk.has("presences")).isFalse();
            assertThat(Json.bytes(chunk)).hasSizeLessThan(MAX_FRAME - 200);
            chunk.path("members")
                    .forEach(member -> ids.add(member.path("user").path("id").asText()));
        }
        assertThat(ids).hasSize(761).doesNotHaveDuplicates().contains(owner.id().toString());
    }

    @Test
    void aChunkHasRoomForThePresencesOfItsMembers() {
        // Given users whose presences do not fit together
        for (int i = 0; i < 60; i++) {
            User user = stage.user();
            stage.join(guildId, user);
            Recipient session = stage.sessions.find(stage.identify(user, 1));
            ObjectNode presence = Json.object().put("status", "dnd");
            for (int n = 0; n < 9; n++) {
                presence.withArray("activities")
                        .addObject()
                        .put("name", "x".repeat(128))
                        .put("state", "y".repeat(128));
            }
            stage.presences.update(session, presence);
        }
        String connection = stage.identify(owner, ALL);

        // When
        ask(connection, everybody().put("presences", true));

        // Then
        List<String> statuses = new ArrayList<>();
        for (JsonNode chunk : chunks(connection)) {
            assertThat(Json.bytes(chunk)).hasSizeLessThan(MAX_FRAME - 200);
            statuses.addAll(chunk.path("presences").findValuesAsText("status"));
        }
        assertThat(statuses).hasSize(61).contains("dnd", "online");
    }

    @Test
    void aLimitHoldsForAllMembersToo() {
        settle(20, "'{}'", "NULL");
        String connection = stage.identify(owner, ALL);

        ask(connection, everybody().put("limit", 7));

        assertThat(chunks(connection).getFirst().path("members")).hasSize(7);
    }

    @Test
    void aClientThatDoesNotReadGetsNoMoreThanTheSessionBears() {
        // Given
        settle(3_000, "'{}'", "NULL");
        String connection = stage.identify(owner, ALL);
        Recipient session = stage.sessions.find(connection);
        stage.posts.outcome = PostOutcome.GONE;

        // When
        Thread asking = Thread.ofVirtual().start(() -> stage.memberRequests.answer(session, everybody()));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (stage.sessions.delivery().unsent(session.sessionId()) < 5 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        stage.clock.forward(Duration.ofSeconds(30));

        // Then
        assertThat(join(asking)).isTrue();
        assertThat(stage.sessions.delivery().unsent(session.sessionId())).isEqualTo(5);
    }

    @Test
    void whoMayNotAskForAllGetsNothing() {
        String without = stage.identify(owner, 1 | 1 << 8);
        String stranger = stage.identify(stage.user(), ALL);

        ask(without, everybody());
        ask(stranger, everybody());

        assertThat(chunks(without)).isEmpty();
        assertThat(chunks(stranger)).isEmpty();
    }

    @Test
    void aShardAnswersForItsGuildsOnly() {
        int covering = (int) ((guildId.value() >>> 22) % 2);
        String connection = stage.identify(owner, ALL);
        Recipient real = stage.sessions.find(connection);

        stage.memberRequests.answer(
                new Recipient(real.sessionId(), owner.id(), true, ALL, new Shard(1 - covering, 2)), everybody());
        assertThat(chunks(connection)).isEmpty();

        stage.memberRequests.answer(
                new Recipient(real.sessionId(), owner.id(), true, ALL, new Shard(covering, 2)), everybody());
        assertThat(chunks(connection)).hasSize(1);
    }

    private ObjectNode everybody() {
        return Json.object()
                .put("guild_id", guildId.toString())
                .put("query", "")
                .put("limit", 0);
    }

    private static void ask(String connection, JsonNode data) {
        Recipient session = stage.sessions.find(connection);
        stage.memberRequests.answer(session, data);
    }

    private static List<JsonNode> chunks(String connection) {
        return stage.posts.ofType(connection, "GUILD_MEMBERS_CHUNK").stream()
                .map(frame -> frame.path("d"))
                .toList();
    }

    /** Many members at once. */
    private void settle(int count, String roles, String nick) {
        stage.database.transaction(handle -> {
            handle.execute("CREATE TEMPORARY TABLE settlers ON COMMIT DROP AS SELECT "
                    + NEXT_ID.getAndAdd(count)
                    + " + n AS id FROM generate_series(1, " + count + ") n");
            handle.execute("INSERT INTO users (id, username, username_key, bot)"
                    + " SELECT id, 'settler' || id, 'settler' || id, true FROM settlers");
            return handle.execute("INSERT INTO members (guild_id, user_id, role_ids, nick) SELECT " + guildId + ", id, "
                    + roles + ", " + nick + " FROM settlers");
        });
    }

    private static boolean join(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
