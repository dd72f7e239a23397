package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import dev.parley.protocol.Intent;
import dev.parley.redis.Redis;
import dev.parley.snowflake.Snowflake;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who hears of a guild, in chunks of ten, on a real Redis. */
class RecipientsTest {

    private static final int CHUNK = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private static Path folder;

    private static LocalRedis server;
    private static Redis redis;

    private final Recipients recipients = new Recipients(redis, () -> RANDOM, CHUNK);
    private final Recipients elsewhere = new Recipients(redis, () -> RANDOM, CHUNK);
    private final Snowflake guild = new Snowflake(RANDOM.nextLong(Long.MAX_VALUE));

    @BeforeAll
    static void startRedis() {
        server = LocalRedis.start(folder, BinaryCache.ofUser());
        redis = new Redis(RedisURI.create(server.uri()), Duration.ofSeconds(5));
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
        server.close();
    }

    @Test
    void aSmallGuildHasAllItsSessionsInOneChunk() {
        List<Recipient> sessions = subscribe(CHUNK);

        GuildRecipients found = recipients.ofGuild(guild);

        assertThat(found.large()).isFalse();
        assertThat(found.chunks()).isEqualTo(1);
        assertThat(found.all()).containsExactlyInAnyOrderElementsOf(sessions);
    }

    @Test
    void everySessionOfALargeGuildIsInExactlyOnePartitionHoweverManyChunksThereAre() {
        List<Recipient> sessions = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            sessions.addAll(subscribe(40));

            List<Recipient> found = new ArrayList<>();
            for (int partition = 0; partition < GuildRecipients.PARTITIONS; partition++) {
                List<Recipient> part = elsewhere.ofGuild(guild, partition).ofPartition(partition);
                int number = partition;
                assertThat(part).allMatch(session -> Chunks.partition(session.sessionId()) == number);
                found.addAll(part);
            }

            assertThat(found).containsExactlyInAnyOrderElementsOf(sessions);
        }
        assertThat(elsewhere.ofGuild(guild, 0).chunks()).isEqualTo(12 * 40 / CHUNK);
    }

    @Test
    void noChunkGrowsFarPastItsSize() {
        subscribe(400);

        for (int chunk = 0; chunk < recipients.ofGuild(guild, 0).chunks(); chunk++) {
            long fields = redis.await(redis.commands().hlen("guild:{" + guild + "}:recipients:" + chunk));
            assertThat(fields).isLessThan(5 * CHUNK);
        }
    }

    @Test
    void aGuildThatWasLargeStaysSoWhileItHasSessions() {
        List<Recipient> sessions = subscribe(CHUNK + 1);
        assertThat(recipients.ofGuild(guild).large()).isTrue();

        sessions.subList(1, sessions.size()).forEach(this::leave);

        assertThat(recipients.ofGuild(guild).large()).isTrue();
        assertThat(everybody(recipients)).containsExactly(sessions.getFirst());
    }

    @Test
    void aCopyIsReadAgainWhenItsChunkHasChanged() {
        List<Recipient> sessions = subscribe(3);
        assertThat(recipients.ofGuild(guild).all()).hasSize(3);

        elsewhere.remove(sessions.getFirst().sessionId(), sessions.getFirst().userId(), List.of(guild));

        assertThat(recipients.ofGuild(guild).all()).containsExactlyInAnyOrderElementsOf(sessions.subList(1, 3));
    }

    @Test
    void aCopyOfBeforeRedisForgotEverythingIsNotUsed() {
        // Given a copy, and as many changes after the loss as before it
        subscribe(3);
        assertThat(recipients.ofGuild(guild).all()).hasSize(3);
        redis.await(redis.commands().del("guild:{" + guild + "}:recipients"));
        redis.await(redis.commands().del("guild:{" + guild + "}:recipients:0"));
        Recipients after = new Recipients(redis, () -> RANDOM, CHUNK);

        // When
        List<Recipient> sessions =
                IntStream.range(0, 3).mapToObj(i -> session()).toList();
        sessions.forEach(session -> after.addToGuilds(session, List.of(guild)));

        // Then
        assertThat(recipients.ofGuild(guild).all()).containsExactlyInAnyOrderElementsOf(sessions);
    }

    @Test
    void addingTwiceIsAddingOnce() {
        Recipient session = session();
        recipients.addToGuilds(session, List.of(guild));
        elsewhere.addToGuilds(session, List.of(guild));

        assertThat(recipients.ofGuild(guild).all()).containsExactly(session);
    }

    @Test
    void sessionsThatHearOfPresencesAreCountedAmongAll() {
        // Given
        List<Recipient> all = subscribe(CHUNK * 3);
        List<Recipient> ofPresences = IntStream.range(0, 3)
                .mapToObj(i -> new Recipient(
                        HexFormat.of().formatHex(RANDOM.generateSeed(16)),
                        new Snowflake(i + 1),
                        false,
                        Intent.GUILDS.mask() | Intent.GUILD_PRESENCES.mask() | Intent.MESSAGE_CONTENT.mask(),
                        null))
                .toList();
        ofPresences.forEach(session -> recipients.addToGuilds(session, List.of(guild)));

        // When one of each kind leaves, and one comes again
        leave(ofPresences.getFirst());
        leave(ofPresences.getFirst());
        leave(all.getFirst());
        recipients.addToGuilds(ofPresences.getLast(), List.of(guild));

        // Then
        assertThat(recipients.listenersIn(List.of(guild)))
                .containsEntry(guild, new Recipients.Listeners(CHUNK * 3 + 1, 2));
    }

    @Test
    void aGuildWhosePresencesNobodyHasCountedIsToldOfThemUntilItHasBeenEmpty() {
        // Given: sessions of before they were counted
        List<Recipient> old = subscribe(3);
        redis.await(redis.commands().hdel("guild:{" + guild + "}:recipients", "presences"));

        // When
        List<Recipient> later = subscribe(1);

        // Then
        assertThat(recipients.listenersIn(List.of(guild))).containsEntry(guild, new Recipients.Listeners(4, 4));
        old.forEach(this::leave);
        later.forEach(this::leave);
        subscribe(1);
        assertThat(recipients.listenersIn(List.of(guild))).containsEntry(guild, new Recipients.Listeners(1, 0));
    }

    @Test
    void whoIsThereAllTheTimeIsFoundWhileChunksSplit() throws Exception {
        // Given sessions that stay
        Set<Recipient> staying = new HashSet<>(subscribe(CHUNK + 1));
        AtomicBoolean growing = new AtomicBoolean(true);

        // When others come meanwhile
        Thread coming = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 40; i++) {
                IntStream.range(0, CHUNK).forEach(n -> elsewhere.addToGuilds(session(), List.of(guild)));
            }
            growing.set(false);
        });

        // Then
        while (growing.get()) {
            assertThat(new HashSet<>(everybody(recipients))).containsAll(staying);
        }
        assertThat(coming.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aSessionOfAShardIsReadAsOne() {
        Recipient session = new Recipient(id(), new Snowflake(5), true, 513, new Shard(1, 4));
        recipients.addToGuilds(session, List.of(guild));
        recipients.addToUser(session);

        assertThat(recipients.ofGuild(guild).all()).containsExactly(session);
        assertThat(recipients.ofUsers(List.of(new Snowflake(5)))).contains(session);
    }

    private List<Recipient> everybody(Recipients seen) {
        List<Recipient> all = new ArrayList<>();
        for (int partition = 0; partition < GuildRecipients.PARTITIONS; partition++) {
            all.addAll(seen.ofGuild(guild, partition).ofPartition(partition));
        }
        return all;
    }

    private List<Recipient> subscribe(int count) {
        List<Recipient> sessions =
                IntStream.range(0, count).mapToObj(i -> session()).toList();
        sessions.forEach(session -> recipients.addToGuilds(session, List.of(guild)));
        return sessions;
    }

    private void leave(Recipient session) {
        recipients.remove(session.sessionId(), session.userId(), List.of(guild));
    }

    private static Recipient session() {
        return new Recipient(id(), new Snowflake(RANDOM.nextLong(1_000_000)), false, 513, null);
    }

    private static String id() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
