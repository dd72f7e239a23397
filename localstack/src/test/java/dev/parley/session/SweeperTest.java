package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connection.ConnectionPoster;
import dev.parley.connection.GatewayConnections;
import dev.parley.connection.GatewayUrls;
import dev.parley.connection.PostOutcome;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import dev.parley.protocol.DispatchType;
import dev.parley.redis.Redis;
import dev.parley.session.SessionIndex.Entry;
import dev.parley.session.SessionLog.Attachment;
import dev.parley.session.SessionLog.Dispatch;
import dev.parley.session.SessionLog.Owner;
import dev.parley.session.SessionLog.ResumeStatus;
import dev.parley.snowflake.Snowflake;
import dev.parley.telemetry.Meter;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sweeper finds and does, with a clock that the test moves, on a real Redis. */
class SweeperTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofSeconds(40);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Snowflake USER = new Snowflake(7);
    private static final Snowflake GUILD = new Snowflake(9);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private static Path folder;

    private static LocalRedis server;
    private static Redis redis;

    private final SteppingClock clock = new SteppingClock();
    private final SessionIndex index = new SessionIndex(redis, clock);
    private final SessionLog sessionLog = new SessionLog(redis, clock, WINDOW);
    private final Recipients recipients = new Recipients(redis, () -> RANDOM, 100);
    private final RecordingPoster poster = new RecordingPoster();
    private final String session = id();
    private final List<String> endedSessions = new CopyOnWriteArrayList<>();

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

    @BeforeEach
    void forgetEverything() {
        redis.await(redis.commands().flushall());
    }

    @Test
    void leavesAloneWhoIsWell() {
        connected();

        SweepReport report = sweep();

        assertThat(report).isEqualTo(new SweepReport(1, 0, 0, 0, 0, 0, 0, 0));
        assertThat(poster.calls).isEmpty();
    }

    @Test
    void countsMissedHeartbeatsOnceAndClosesAConnectionWhoseHeartbeatsStopped() {
        connected();

        clock.forward(INTERVAL.plusSeconds(11));
        assertThat(sweep().missedHeartbeats()).isEqualTo(1);
        assertThat(sweep().missedHeartbeats()).as("counted already").isZero();
        clock.forward(INTERVAL);
        SweepReport second = sweep();
        clock.forward(Duration.ofSeconds(10));
        SweepReport third = sweep();

        assertThat(second.missedHeartbeats()).isEqualTo(1);
        assertThat(second.silent()).isZero();
        assertThat(third.silent()).isEqualTo(1);
        assertThat(poster.calls).containsExactly("post conn op 7", "disconnect conn");
        assertThat(resume()).as("a zombie's session waits").isEqualTo(ResumeStatus.RESUMED);
    }

    @Test
    void judgesNobodyByHeartbeatsThatItCannotSee() {
        SessionSettings unseen = new SessionSettings(
                GatewayUrls.only("ws://localhost"),
                WINDOW,
                Duration.ofSeconds(8),
                Duration.ofMinutes(90),
                Duration.ofMinutes(25),
                Duration.ZERO,
                false);
        connected(unseen.judgedInterval(INTERVAL));
        assertThat(redis.await(redis.commands().pttl(SessionKeys.hash(session))))
                .as("outlives its connection in Redis too")
                .isGreaterThan(Duration.ofHours(2).toMillis());

        clock.forward(Duration.ofMinutes(89));
        SweepReport old = sweep();
        clock.forward(Duration.ofMinutes(2));
        sweep();

        assertThat(old).as("nothing missed, nobody silent").isEqualTo(new SweepReport(1, 0, 0, 0, 0, 0, 0, 0));
        assertThat(poster.calls)
                .as("asked to reconnect before its two hours are over")
                .containsExactly("post conn op 7");
    }

    @Test
    void aHeartbeatEndsTheCount() {
        connected();
        clock.forward(INTERVAL.multipliedBy(2));
        sweep();

        sessionLog.acknowledge(session, "conn", 1, "beat");
        clock.forward(INTERVAL.multipliedBy(2));

        assertThat(sweep().silent()).isZero();
    }

    @Test
    void asksAnOldConnectionToReconnectOnceAndClosesItIfItDoesNot() {
        // Given a connection that is as old as it may become, and whose client is well
        connected();
        clock.forward(Duration.ofMinutes(90));
        sessionLog.acknowledge(session, "conn", 1, "beat");

        // When
        SweepReport first = sweep();
        clock.forward(Duration.ofSeconds(9));
        SweepReport second = sweep();
        clock.forward(Duration.ofSeconds(1));
        SweepReport third = sweep();

        // Then
        assertThat(first.askedToReconnect()).isEqualTo(1);
        assertThat(second.askedToReconnect() + second.ignoredReconnect()).isZero();
        assertThat(third.ignoredReconnect()).isEqualTo(1);
        assertThat(poster.calls).containsExactly("post conn op 7", "post conn op 7", "disconnect conn");
        assertThat(resume()).isEqualTo(ResumeStatus.RESUMED);
    }

    @Test
    void aClientThatReconnectsIsNotAskedAgain() {
        connected();
        clock.forward(Duration.ofMinutes(90));
        sessionLog.acknowledge(session, "conn", 1, "beat");
        sweep();

        resume();
        clock.forward(Duration.ofSeconds(30));

        assertThat(sweep()).isEqualTo(new SweepReport(1, 0, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void goesOnWhereASenderDied() {
        // Given
        connected();
        append();
        append();
        clock.forward(SessionLog.LEASE);

        // When
        SweepReport report = sweep();

        // Then
        assertThat(report.takenUp()).isEqualTo(1);
        assertThat(poster.calls).containsExactly("post conn s 2", "post conn s 3");
    }

    @Test
    void closesAConnectionWhoseClientDoesNotRead() {
        // Given a client that takes nothing
        connected();
        append();
        poster.outcome = PostOutcome.THROTTLED;

        // When it is tried for more than two minutes
        SweepReport report = SweepReport.nothing();
        for (int i = 0; i < 14; i++) {
            clock.forward(SessionLog.LEASE);
            sessionLog.acknowledge(session, "conn", 1, "gone");
            report = report.plus(sweep());
        }

        // Then
        assertThat(report.notReading()).isEqualTo(1);
        assertThat(poster.calls).contains("disconnect conn");
        assertThat(resume()).isEqualTo(ResumeStatus.RESUMED);
    }

    @Test
    void endsASessionThatNobodyResumedAndForgetsIt() {
        // Given
        connected();
        recipients.addToUser(recipient());
        recipients.addToGuilds(recipient(), List.of(GUILD));
        redis.await(sessionLog.detach(session, "conn"));

        // When
        clock.forward(WINDOW);
        SweepReport atTheEnd = sweep();
        clock.forward(Duration.ofMillis(1));
        SweepReport after = sweep();

        // Then
        assertThat(atTheEnd.ended()).isZero();
        assertThat(after.ended()).isEqualTo(1);
        assertThat(resume()).isEqualTo(ResumeStatus.UNKNOWN_SESSION);
        assertThat(recipients.ofGuild(GUILD).all()).isEmpty();
        assertThat(recipients.ofUsers(List.of(USER))).isEmpty();
        assertThat(endedSessions).containsExactly(session);
        assertThat(index.count()).isZero();
    }

    @Test
    void afterAFarewellASessionWaitsForHalfAMinute() {
        connected();
        redis.await(sessionLog.leave(session, "conn"));

        clock.forward(SessionLog.FAREWELL);
        assertThat(sweep().ended()).isZero();
        clock.forward(Duration.ofMillis(1));
        assertThat(sweep().ended()).isEqualTo(1);
    }

    @Test
    void endsASessionWhoseIdentifyDied() {
        index.add(new Entry(session, USER));
        create();

        clock.forward(SessionLog.LONGEST_START.plusSeconds(1));

        assertThat(sweep().ended()).isEqualTo(1);
        assertThat(poster.calls).containsExactly("post conn op 9");
        assertThat(index.count()).isZero();
    }

    @Test
    void dropsWhatWasSentTooLongAgoForAnybodyToAsk() {
        // Given a client that never says what it has
        connected();
        append();
        sessionLog.next(session, "holder", 2, SessionLog.FRAMES_AT_ONCE);
        sweep();
        append();
        sessionLog.next(session, "holder", 3, SessionLog.FRAMES_AT_ONCE);

        // When two sweeps are further apart than a client's silence and its resume window together
        for (int minute = 0; minute < 8; minute++) {
            clock.forward(Duration.ofMinutes(1));
            sessionLog.acknowledge(session, "conn", 0, "beat");
            sweep();
        }

        // Then
        assertThat(resume(1)).isEqualTo(ResumeStatus.OUT_OF_RANGE);
        assertThat(resume(2)).isEqualTo(ResumeStatus.RESUMED);
    }

    @Test
    void twoSweepersNeverHaveTheSameSession() throws Exception {
        // Given old sessions in every part
        for (int i = 0; i < 500; i++) {
            String each = id();
            index.add(new Entry(each, USER));
            redis.await(sessionLog.create(
                    new Owner(new Recipient(each, USER, false, 513, null), "digest"), attachment(each)));
            sessionLog.start(each, "starter", List.of());
            sessionLog.next(each, "starter", 0, 0);
        }
        clock.forward(Duration.ofMinutes(90));

        // When four sweep everything at once
        List<Callable<SweepReport>> sweeps = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sweeps.add(() -> sweeper(Duration.ofSeconds(45)).sweep(0, 1, LONG));
        }
        SweepReport all = SweepReport.nothing();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<SweepReport> each : threads.invokeAll(sweeps)) {
                all = all.plus(each.get());
            }
        }

        // Then
        assertThat(all.inspected()).isEqualTo(500);
        assertThat(all.silent()).isEqualTo(500);
        assertThat(poster.calls).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void slicesTogetherSeeEverySessionOnce() {
        for (int i = 0; i < 300; i++) {
            index.add(new Entry(id(), USER));
        }
        clock.forward(Duration.ofMinutes(1));

        SweepReport all = SweepReport.nothing();
        for (int slice = 0; slice < 4; slice++) {
            all = all.plus(sweeper(Duration.ofSeconds(45)).sweep(slice, 4, LONG));
        }

        assertThat(all.inspected()).isEqualTo(300);
        assertThat(index.count()).as("they had no keys: forgotten").isZero();
    }

    private SweepReport sweep() {
        return sweeper(Duration.ZERO).sweep(0, 1, LONG);
    }

    private Sweeper sweeper(Duration unseen) {
        SessionSettings settings = new SessionSettings(
                GatewayUrls.only("ws://localhost"),
                WINDOW,
                Duration.ofSeconds(8),
                Duration.ofMinutes(90),
                Duration.ofMinutes(25),
                unseen,
                true);
        return new Sweeper(
                redis,
                index,
                sessionLog,
                new Sender(
                        sessionLog,
                        poster,
                        id -> CompletableFuture.completedFuture(Optional.empty()),
                        id -> CompletableFuture.completedFuture(0L),
                        Meter.none(),
                        clock),
                new SessionEnds(
                        redis,
                        index,
                        recipients,
                        user -> List.of(GUILD),
                        (user, ended, guilds) -> endedSessions.add(ended)),
                (owed, connection) -> List.of(),
                new GatewayConnections(redis, clock),
                poster,
                SweeperTest::id,
                settings,
                clock);
    }

    private void connected() {
        connected(INTERVAL);
    }

    private void connected(Duration interval) {
        index.add(new Entry(session, USER));
        create(interval);
        sessionLog.start(session, "starter", List.of(new Dispatch(DispatchType.READY, "{}")));
        redis.await(sessionLog.next(session, "starter", 1, SessionLog.FRAMES_AT_ONCE));
    }

    private void create() {
        create(INTERVAL);
    }

    private void create(Duration interval) {
        redis.await(sessionLog.create(new Owner(recipient(), "digest"), attachment("conn", interval)));
    }

    private Recipient recipient() {
        return new Recipient(session, USER, false, 513, null);
    }

    private Attachment attachment(String connection) {
        return attachment(connection, INTERVAL);
    }

    private Attachment attachment(String connection, Duration interval) {
        return new Attachment(
                connection, interval, clock.millis() + Duration.ofMinutes(90).toMillis());
    }

    private void append() {
        redis.await(sessionLog.append(
                session, "holder", List.of(Arrival.of(Place.unnumbered("g"), DispatchType.MESSAGE_CREATE, "{}"))));
    }

    private ResumeStatus resume() {
        return resume(1);
    }

    private ResumeStatus resume(long s) {
        ResumeStatus status = sessionLog
                .resume(session, "digest", null, s, attachment("conn2"), "resumer")
                .status();
        redis.await(sessionLog.next(session, "resumer", 0, 0));
        return status;
    }

    private static String id() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Notes what is asked of it. */
    private static final class RecordingPoster implements ConnectionPoster {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private volatile PostOutcome outcome = PostOutcome.DELIVERED;

        @Override
        public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
            String frame = new String(message, StandardCharsets.UTF_8);
            String what =
                    frame.replaceAll("^\\{\"op\":0,\"s\":(\\d+).*", "s $1").replaceAll("^\\{\"op\":(\\d+).*", "op $1");
            calls.add("post " + connectionId + " " + what);
            return CompletableFuture.completedFuture(outcome);
        }

        @Override
        public CompletableFuture<PostOutcome> disconnect(String connectionId) {
            calls.add("disconnect " + connectionId);
            return CompletableFuture.completedFuture(PostOutcome.DELIVERED);
        }

        @Override
        public void close() {}
    }
}
