package dev.parley.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.catalog.Queues;
import dev.parley.local.CloudSystem;
import dev.parley.local.HeldFunction;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.store.TestPooler;
import dev.parley.message.MessageDraft;
import dev.parley.message.MessagePage;
import dev.parley.message.MessagePlace;
import dev.parley.message.MessageType;
import dev.parley.message.PostedMessage;
import dev.parley.protocol.Json;
import dev.parley.search.MessageIndex;
import dev.parley.snowflake.Snowflake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A system with two database clusters, and what moves between them while it is used. */
class ShardMoveTest {

    private static final String OTHER = "cluster-2";
    private static final int WRITERS = 8;
    private static final int WRITES_A_SECOND = 200;

    /** Of the long form; in each the shard is moved away and back. */
    private static final int ROUNDS = 10;

    /** Another message like one that is there. */
    private static final String COPY = """
            INSERT INTO messages
            SELECT (json_populate_record(m, json_build_object('id', ?::bigint, 'content', ?::text))).*
            FROM messages m WHERE m.channel_id = ? AND m.id = ?
            """;

    /** How late the reader of the cluster with the directory is. */
    private static final Duration LATE = Duration.ofMillis(300);

    private static final long SEED = 20_261_128;

    /** GUILDS, GUILD_MESSAGES, GUILD_MESSAGE_REACTIONS, MESSAGE_CONTENT. */
    private static final long INTENTS = 1 | 1 << 9 | 1 << 10 | 1 << 15;

    private static LocalCloud cloud;

    private final RestClient rest = new RestClient(cloud.baseUrl());
    private final People people = new People(rest);
    private final Parley system = CloudSystem.of(cloud);
    private Person owner;
    private Person member;
    private Place place;
    private LogicalShard shard;

    @BeforeAll
    static void startCloud() {
        cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withDatabase(TestPooler.options().withReplica(LATE))
                        .withDatabaseClusters(2),
                StartProgress.none());
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
        shard = LogicalShard.ofGuild(Snowflake.parse(place.guildId()));
    }

    /** What ends a process that moves. */
    private static final class Killed extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void aGuildOnAnotherClusterIsUsedLikeAnyOther() {
        // Given
        String before = id(people.say(owner, place.channelId(), "before the move"));
        ShardMover.Moved moved = mover().move(shard, OTHER);
        assertThat(moved.target()).isEqualTo(OTHER);

        try (GatewayClient session = GatewayClient.ready(cloud.gatewayUrl(), member.token(), INTENTS)) {
            // When
            String said = id(people.say(owner, place.channelId(), "after the move"));

            // Then
            assertThat(id(session.awaitMessage("after the move").path("d"))).isEqualTo(said);
            assertThat(count(OTHER, said)).isOne();
            assertThat(count(Clusters.ZERO, said)).isZero();
            assertThat(count(Clusters.ZERO, before)).isZero();
            assertThat(texts(rest.get(channel() + "/messages", member.token()).expect(200)))
                    .containsExactly("after the move", "before the move");
            rest.send("PATCH", channel() + "/messages/" + said, owner.token(), Map.of("content", "edited there"))
                    .expect(200);
            assertThat(session.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                    .isEqualTo("edited there");
            rest.send("PUT", channel() + "/messages/" + before + "/reactions/%F0%9F%91%8D/@me", member.token(), null)
                    .expect(204);
            assertThat(rest.get(channel() + "/messages/" + before, owner.token())
                            .expect(200)
                            .at("/reactions/0/count")
                            .asInt())
                    .isOne();
            rest.send("PUT", channel() + "/pins/" + before, owner.token(), null).expect(204);
            assertThat(rest.get(channel() + "/pins", member.token()).expect(200))
                    .hasSize(1);
            JsonNode found = rest.get("/guilds/" + place.guildId() + "/messages/search?content=edited", member.token())
                    .expect(200);
            assertThat(found.at("/messages/0/0/id").asText()).isEqualTo(said);
            String thread =
                    id(rest.post(channel() + "/messages/" + said + "/threads", member.token(), Map.of("name", "talk"))
                            .expect(201));
            people.say(owner, thread, "in the thread");
            JsonNode now = rest.get("/channels/" + thread, owner.token()).expect(200);
            assertThat(now.path("message_count").asInt()).isOne();
            JsonNode webhook = rest.post(channel() + "/webhooks", owner.token(), Map.of("name", "hook"))
                    .expect(200);
            JsonNode hooked = rest.post(
                            "/webhooks/" + id(webhook) + "/"
                                    + webhook.path("token").asText() + "?wait=true",
                            null,
                            Map.of("content", "by the hook"))
                    .expect(200);
            rest.send("DELETE", channel() + "/messages/" + id(hooked), owner.token(), null)
                    .expect(204);
            JsonNode log = rest.get("/guilds/" + place.guildId() + "/audit-logs?action_type=72", owner.token())
                    .expect(200);
            assertThat(log.path("audit_log_entries")).hasSize(1);
            assertThat(rest.get("/channels/" + place.channelId(), owner.token())
                            .expect(200)
                            .path("last_message_id")
                            .asLong())
                    .isGreaterThanOrEqualTo(Long.parseLong(said));
        }
    }

    @Test
    void aMessageOnAnotherClusterIsKnownBeforeItIsDelivered() {
        // Given a direct channel whose content is on the other cluster, and whom it does not interest any more
        String direct = id(rest.post("/users/@me/channels", owner.token(), Map.of("recipient_id", member.id()))
                .expect(200));
        mover().move(LogicalShard.of(null, Snowflake.parse(direct)), OTHER);
        people.say(owner, direct, "hello");
        rest.send("DELETE", "/channels/" + direct, member.token(), null).expect(200);
        assertThat(rest.get("/users/@me/channels", member.token()).expect(200)).isEmpty();

        // When
        try (HeldFunction _ = HeldFunction.hold(cloud, Queues.EVENTS.consumer().name())) {
            String said = id(people.say(owner, direct, "still there?"));

            // Then
            assertThat(count(OTHER, said)).isOne();
            assertThat(rest.get("/users/@me/channels", member.token())
                            .expect(200)
                            .findValuesAsText("id"))
                    .contains(direct);
            JsonNode states = rest.get("/users/@me/read-states", member.token())
                    .expect(200)
                    .path("read_states");
            assertThat(states)
                    .filteredOn(state -> id(state).equals(direct))
                    .singleElement()
                    .satisfies(state -> {
                        assertThat(state.path("newest_message_id").asText()).isEqualTo(said);
                        assertThat(state.path("mention_count").asInt()).isEqualTo(2);
                    });
        }
    }

    @Test
    void nothingIsLostOrDoubledWhenAShardIsMovedUnderWrites() throws Exception {
        moveUnderWrites(List.of(OTHER), Duration.ofSeconds(2), 0, new Random(SEED));
    }

    @Test
    void nothingIsLostOrDoubledWhenTheMoverIsKilledAndTakenUp() throws Exception {
        moveUnderWrites(List.of(OTHER), Duration.ZERO, 2, new Random(SEED));
    }

    @Test
    void aMoveThatIsGivenUpLeavesTheShardWhereItWas() {
        // Given
        String said = id(people.say(owner, place.channelId(), "stays"));
        assertThatThrownBy(() -> moverThatDiesBefore("freeze").move(shard, OTHER))
                .isInstanceOf(Killed.class);

        // When
        mover().abort(shard);

        // Then
        assertThat(count(Clusters.ZERO, said)).isOne();
        assertThat(count(OTHER, said)).isZero();
        people.say(owner, place.channelId(), "goes on");
        assertThatThrownBy(() -> mover().abort(shard))
                .isInstanceOf(MoveFailedException.class)
                .hasMessageContaining("is not being moved");
    }

    @Test
    void aShardIsReadAndNotWrittenWhileNobodyTakesUpWhoDiedInTheFreeze() {
        for (String step : List.of("switch", "open the target")) {
            // Given
            String text = "before " + step;
            people.say(owner, place.channelId(), text);
            String target = count(OTHER, newest(text)) == 0 ? OTHER : Clusters.ZERO;

            // When
            assertThatThrownBy(() -> moverThatDiesBefore(step).move(shard, target))
                    .isInstanceOf(Killed.class);

            // Then
            newest(text);
            assertThatThrownBy(() -> system.content().transaction(shard, content -> content.handle()))
                    .isInstanceOf(ShardUnavailableException.class);
            mover().move(shard, target);
            assertThat(count(target, newest(text))).isOne();
        }
    }

    /** The id of the newest message of the channel as clients find it, which must say so. */
    private String newest(String text) {
        JsonNode messages =
                rest.get(channel() + "/messages?limit=1", member.token()).expect(200);
        assertThat(texts(messages)).containsExactly(text);
        return id(messages.path(0));
    }

    private ShardMover moverThatDiesBefore(String step) {
        return new ShardMover(system.content(), MessageIndex::step, Duration.ZERO, name -> {
            if (name.equals(step)) {
                throw new Killed();
            }
        });
    }

    @Test
    @Tag("nightly")
    void nothingIsLostOrDoubledInManyMovesUnderWritesWithTheMoverKilled() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            // Each with a guild of its own: a shard that is written to all the time is larger by each move, and the
            // move longer.
            meet();
            moveUnderWrites(List.of(OTHER, Clusters.ZERO), Duration.ofSeconds(5), round < ROUNDS / 2 ? 0 : 20, random);
        }
    }

    /** The steps of one mover, which is killed before one of them. */
    private static final class Steps {

        private final int killedAt;
        private final List<String> names = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();

        Steps(int killedAt) {
            this.killedAt = killedAt;
        }

        void take(String name) {
            names.add(name);
            times.add(System.nanoTime());
            if (names.size() == killedAt) {
                throw new Killed();
            }
        }

        /** What the steps took from the freeze on. */
        String ofPause() {
            StringBuilder text = new StringBuilder();
            int last = names.lastIndexOf("wait");
            for (int i = Math.max(0, names.lastIndexOf("freeze")); i < last; i++) {
                text.append(text.isEmpty() ? " (" : ", ")
                        .append(names.get(i))
                        .append(' ')
                        .append((times.get(i + 1) - times.get(i)) / 1_000_000);
            }
            return text.append(')').toString();
        }
    }

    /** What the writers have done, and what they have found. */
    private record Written(
            Map<Long, String> stored,
            Set<Long> deleted,
            Queue<Long> missed,
            AtomicLong posted,
            AtomicLong longest,
            AtomicBoolean stop) {

        static Written nothing() {
            return new Written(
                    new ConcurrentHashMap<>(),
                    ConcurrentHashMap.newKeySet(),
                    new ConcurrentLinkedQueue<>(),
                    new AtomicLong(),
                    new AtomicLong(),
                    new AtomicBoolean());
        }

        void stored(long id, String text, long begun) {
            longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
            posted.incrementAndGet();
            stored.put(id, text);
        }

        Map<Long, String> left() {
            Map<Long, String> left = new HashMap<>(stored);
            deleted.forEach(left::remove);
            return left;
        }
    }

    /**
     * Moves a shard from place to place while it is written to.
     *
     * @param before how long it is written to before each move
     * @param kills how often at the most whoever moves is killed, anywhere, and somebody else goes on
     * @param random says where
     */
    private void moveUnderWrites(List<String> targets, Duration before, int kills, Random random) throws Exception {
        // Given
        long template = Long.parseLong(id(people.say(owner, place.channelId(), "what all are copied from")));
        AtomicLong ids = new AtomicLong(template);
        Map<Long, String> there = contents(Clusters.ZERO);
        there.putAll(contents(OTHER));
        Written written = Written.nothing();
        List<Future<?>> writers = new ArrayList<>();
        List<String> pauses = new ArrayList<>();
        int killed = 0;
        long begun = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            writers.add(threads.submit(() -> post("client", written)));
            for (int i = 0; i < WRITERS; i++) {
                String name = "writer " + i;
                writers.add(threads.submit(() -> write(name, template, ids, written)));
            }
            try {
                // When
                for (String target : targets) {
                    long from = System.nanoTime() + before.toNanos();
                    while (System.nanoTime() < from) {
                        LockSupport.parkNanos(from - System.nanoTime());
                    }
                    boolean moved = false;
                    while (!moved) {
                        int left = killed < kills ? 1 + random.nextInt(60) : -1;
                        Steps steps = new Steps(left);
                        ShardMover mover =
                                new ShardMover(system.content(), MessageIndex::step, Duration.ZERO, steps::take);
                        try {
                            pauses.add(mover.move(shard, target).frozen().toMillis() + steps.ofPause());
                            moved = true;
                        } catch (Killed e) {
                            killed++;
                        }
                    }
                }
            } finally {
                written.stop().set(true);
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        }

        // Then
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "%d messages stored and %d deleted in %.1f s (%.0f writes/s), %d moves, mover killed %d times; writers"
                        + " were held up for (ms) %s; the longest write took %d ms%n",
                written.stored().size(),
                written.deleted().size(),
                seconds,
                (written.stored().size() + written.deleted().size()) / seconds,
                targets.size(),
                killed,
                pauses,
                written.longest().get() / 1_000_000);
        Map<Long, String> expected = written.left();
        expected.putAll(there);
        assertThat(written.stored()).as("no id twice").hasSize((int)
                written.posted().get());
        assertThat(written.missed()).as("written and not found again").isEmpty();
        assertThat(contents(targets.getLast())).isEqualTo(expected);
        assertThat(contents(targets.getLast().equals(OTHER) ? Clusters.ZERO : OTHER))
                .isEmpty();
    }

    /** Posts messages as clients do, and looks for each in the channel. */
    private Void post(String name, Written written) {
        MessagePlace where = MessagePlace.inGuild(Snowflake.parse(place.guildId()), channelId());
        Snowflake author = Snowflake.parse(owner.id());
        for (int i = 0; !written.stop().get(); i++) {
            String text = name + ", message " + i;
            long begun = System.nanoTime();
            JsonNode message = system.messages()
                    .post(new PostedMessage(
                            where.channelId(),
                            where.guildId(),
                            where.audience(),
                            system.accounts().user(author),
                            MessageType.DEFAULT,
                            MessageDraft.saying(text),
                            false,
                            null,
                            null,
                            Json.object()));
            long id = message.path("id").asLong();
            written.stored(id, text, begun);
            MessagePage page = new MessagePage(MessagePage.Side.AROUND, new Snowflake(id), 1);
            if (!texts(system.messages().list(where.channelId(), author, page)).contains(text)) {
                written.missed().add(id);
            }
            if (i % 10 == 9) {
                system.messageDeletes().deletePosted(where, new Snowflake(id), author);
                written.deleted().add(id);
            }
        }
        return null;
    }

    /**
     * Stores messages at its share of the rate, in transactions of content as those that post; removes every tenth, and looks
     * for each as another process would.
     */
    private Void write(String name, long template, AtomicLong ids, Written written) {
        ContentDatabase own = new ContentDatabase(system.content().clusters(), Parley.deferredChanges());
        ContentDatabase another = new ContentDatabase(system.content().clusters(), Parley.deferredChanges());
        Snowflake channel = channelId();
        long next = System.nanoTime();
        for (int i = 0; !written.stop().get(); i++) {
            String text = name + ", message " + i;
            long id = ids.incrementAndGet();
            long begun = System.nanoTime();
            own.transaction(shard, content -> content.handle().execute(COPY, id, text, channel.value(), template));
            written.stored(id, text, begun);
            boolean found = another.query(
                    shard,
                    content -> content.handle()
                            .select(
                                    "SELECT EXISTS (SELECT 1 FROM messages WHERE channel_id = ? AND id = ?)",
                                    channel.value(),
                                    id)
                            .mapTo(Boolean.class)
                            .one());
            if (!found) {
                written.missed().add(id);
            }
            if (i % 10 == 9) {
                own.transaction(
                        shard,
                        content -> content.handle()
                                .execute("DELETE FROM messages WHERE channel_id = ? AND id = ?", channel.value(), id));
                written.deleted().add(id);
            }
            next += TimeUnit.SECONDS.toNanos(1) * WRITERS / WRITES_A_SECOND;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        return null;
    }

    private Snowflake channelId() {
        return Snowflake.parse(place.channelId());
    }

    private ShardMover mover() {
        return new ShardMover(system.content(), MessageIndex::step, Duration.ZERO, step -> {});
    }

    private int count(String cluster, String messageId) {
        return system.content()
                .clusters()
                .get(cluster)
                .query(handle -> handle.select("SELECT count(*) FROM messages WHERE id = ?", Long.parseLong(messageId))
                        .mapTo(Integer.class)
                        .one());
    }

    private Map<Long, String> contents(String cluster) {
        Map<Long, String> contents = new HashMap<>();
        system.content()
                .clusters()
                .get(cluster)
                .query(handle -> handle.select(
                                "SELECT id, content FROM messages WHERE channel_id = ?",
                                Long.parseLong(place.channelId()))
                        .map((rs, context) -> contents.put(rs.getLong(1), rs.getString(2)))
                        .list());
        return contents;
    }

    private String channel() {
        return "/channels/" + place.channelId();
    }

    private static String id(JsonNode node) {
        return node.path("id").asText();
    }

    private static List<String> texts(JsonNode messages) {
        List<String> contents = new ArrayList<>();
        messages.forEach(message -> contents.add(message.path("content").asText()));
        return contents;
    }
}
