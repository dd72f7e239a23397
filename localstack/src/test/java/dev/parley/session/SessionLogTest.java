package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import dev.parley.protocol.DispatchType;
import dev.parley.redis.Redis;
import dev.parley.session.SessionLog.Acknowledged;
import dev.parley.session.SessionLog.AppendStatus;
import dev.parley.session.SessionLog.Appended;
import dev.parley.session.SessionLog.Attachment;
import dev.parley.session.SessionLog.Dispatch;
import dev.parley.session.SessionLog.Frames;
import dev.parley.session.SessionLog.Owner;
import dev.parley.session.SessionLog.ResumeStatus;
import dev.parley.snowflake.Snowflake;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the session log, on a real Redis. */
class SessionLogTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofSeconds(40);
    private static final String TOKEN = "digest of the token";
    private static final Dispatch EVENT = new Dispatch(DispatchType.MESSAGE_CREATE, "{\"content\":\"x\"}");

    @TempDir
    private static Path folder;

    private static LocalRedis server;
    private static Redis redis;

    private final SteppingClock clock = new SteppingClock();
    private final SessionLog sessionLog = new SessionLog(redis, clock, WINDOW);
    private final String session = UUID.randomUUID().toString();
    private long number;

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
    void theFirstAppendGetsTheLeaseAndTheSecondDoesNot() {
        started();

        Appended first = append("a");
        Appended second = append("b");

        assertThat(first).isEqualTo(new Appended(AppendStatus.SEND_THESE, "conn", List.of(2L)));
        assertThat(second).isEqualTo(new Appended(AppendStatus.NOTHING_TO_SEND, "conn", List.of(3L)));
    }

    @Test
    void theHolderFindsWhatCameMeanwhileAndThenReleasesTheLease() {
        started();
        append("a");
        append("b");

        Frames next = next("a", 2);
        Frames last = next("a", 3);

        assertThat(next.firstS()).isEqualTo(3);
        assertThat(next.frames())
                .containsExactly("{\"op\":0,\"s\":3,\"t\":\"MESSAGE_CREATE\",\"d\":{\"content\":\"x\"}}");
        assertThat(last.leased()).isFalse();
        assertThat(append("c").status()).isEqualTo(AppendStatus.SEND_THESE);
    }

    @Test
    void aLeaseThatHasEndedGoesToTheNextAndTheFormerHolderChangesNothing() {
        // Given a holder that died after s 2 was appended
        started();
        append("a");
        clock.forward(SessionLog.LEASE);

        // When
        Appended taken = append("b");
        Frames late = next("a", 2);

        // Then
        assertThat(taken.status()).isEqualTo(AppendStatus.SEND_FROM_LOG);
        assertThat(late.leased()).isFalse();
        assertThat(next("b", 0).firstS()).isEqualTo(2);
    }

    @Test
    void whatComesBeforeTheStartStandsBehindIt() {
        // Given
        create();
        append("a");

        // When
        sessionLog.start(session, "starter", List.of(new Dispatch(DispatchType.READY, "{}")));

        // Then
        assertThat(next("starter", 0).frames())
                .containsExactly(
                        "{\"op\":0,\"s\":1,\"t\":\"READY\",\"d\":{}}",
                        "{\"op\":0,\"s\":2,\"t\":\"MESSAGE_CREATE\",\"d\":{\"content\":\"x\"}}");
    }

    @Test
    void anEventIsAppendedOnce() {
        started();
        Place place = new Place("group", "10000000000000000007", "event", false);

        assertThat(append("a", place).status()).isEqualTo(AppendStatus.SEND_THESE);
        assertThat(append("b", place).s()).containsExactly(0L);
        assertThat(append("b", new Place("group", "10000000000000000008", "event", true))
                        .s())
                .as("published again under another number")
                .containsExactly(0L);
        assertThat(append("b", new Place("other", "10000000000000000001", "event", false))
                        .s())
                .as("another group has its own numbers")
                .containsExactly(3L);
    }

    @Test
    void severalEventsAreAppendedInOneStepAndOnlyThoseThatAreNew() {
        // Given a session that has the second of three
        started();
        Place second = place();
        append("a", second);
        next("a", 2);
        Place third = place();
        Arrival[] batch = {
            Arrival.of(second, DispatchType.MESSAGE_CREATE, "{}"),
            Arrival.of(third, DispatchType.MESSAGE_CREATE, "{}"),
            Arrival.of(place(), DispatchType.TYPING_START, "{}")
        };

        // When
        Appended appended = append("b", batch);

        // Then
        assertThat(appended).isEqualTo(new Appended(AppendStatus.SEND_THESE, "conn", List.of(0L, 3L, 4L)));
        assertThat(append("c", batch).s()).as("the same batch again").containsExactly(0L, 0L, 0L);
    }

    @Test
    void whatComesAgainTakesUpWhatADeadSenderLeft() {
        started();
        Place place = place();
        append("a", place);
        clock.forward(SessionLog.LEASE);

        assertThat(append("b", place).status()).isEqualTo(AppendStatus.SEND_FROM_LOG);
    }

    @Test
    void anEventThatIsHeldBackIsHeldOnce() {
        create();
        append("a", new Place("group", "1", "event", false));

        append("a", new Place("group", "2", "event", true));
        sessionLog.start(session, "starter", List.of());

        assertThat(next("starter", 0).frames()).hasSize(1);
    }

    @Test
    void aClientThatHasWhatWasNeverAssignedMustBeginAnew() {
        // Given a Redis that has lost its last writes
        started();

        assertThat(acknowledge("conn", 2)).isEqualTo(Acknowledged.AHEAD);
        assertThat(append("a").status()).isEqualTo(AppendStatus.UNKNOWN_SESSION);
    }

    @Test
    void resumeGoesOnAfterTheLastThatTheClientHas() {
        // Given
        started();
        append("a");
        append("b");

        // When
        SessionLog.Resumed resumed = sessionLog.resume(session, TOKEN, null, 2, attachment("conn2"), "c");

        // Then
        assertThat(resumed).isEqualTo(new SessionLog.Resumed(ResumeStatus.RESUMED, "conn", "1", false));
        Frames frames = next("c", 0);
        assertThat(frames.connectionId()).isEqualTo("conn2");
        assertThat(frames.firstS()).isEqualTo(3);
        assertThat(frames.frames()).hasSize(2).last().asString().contains("\"s\":4,\"t\":\"RESUMED\",\"d\":{}");
        assertThat(next("a", 3).leased()).as("the former sender").isFalse();
    }

    @Test
    void resumeIsRefusedToAnotherUserAndOutsideTheLog() {
        started();
        append("a");
        acknowledge("conn", 0);

        assertThat(resume("2", 1)).isEqualTo(ResumeStatus.UNKNOWN_SESSION);
        assertThat(resume("1", 3)).as("ahead of the log").isEqualTo(ResumeStatus.OUT_OF_RANGE);
        next("a", 2);
        acknowledge("conn", 2);
        assertThat(resume("1", 1)).as("behind the log").isEqualTo(ResumeStatus.OUT_OF_RANGE);
        assertThat(resume("1", 2)).isEqualTo(ResumeStatus.RESUMED);
    }

    @Test
    void anotherTokenThanTheFirstMustBeLookedAt() {
        started();

        assertThat(sessionLog
                        .resume(session, "another token", null, 1, attachment("conn2"), "c")
                        .status())
                .isEqualTo(ResumeStatus.OTHER_TOKEN);
        assertThat(resume("1", 1)).isEqualTo(ResumeStatus.RESUMED);
    }

    @Test
    void aHeartbeatOfAConnectionThatWasTakenForGoneGivesItItsSessionBack() {
        // Given a connection that answered 410 once
        started();
        redis.await(sessionLog.detach(session, "conn"));
        append("a");

        // When
        Acknowledged acknowledged = acknowledge("conn", 1);

        // Then
        assertThat(acknowledged).isEqualTo(Acknowledged.LEASED);
        assertThat(next("beat", 0).connectionId()).isEqualTo("conn");
    }

    @Test
    void aHeartbeatTellsWhatWasSentByASenderThatDied() {
        // Given a sender that died after its POST was delivered
        started();
        append("a");
        clock.forward(SessionLog.LEASE);

        // When
        Acknowledged acknowledged = acknowledge("conn", 2);

        // Then
        assertThat(acknowledged).isEqualTo(Acknowledged.ALIVE);
        assertThat(append("b")).isEqualTo(new Appended(AppendStatus.SEND_THESE, "conn", List.of(3L)));
    }

    @Test
    void passingEventsAreLeftOutWhenTooMuchWaits() {
        // Given
        started();
        for (int i = 0; i < SessionLog.MAX_UNSENT_FOR_PASSING; i++) {
            append("a");
        }

        // Then
        assertThat(append("b", Arrival.of(place(), DispatchType.TYPING_START, "{}"))
                        .s())
                .containsExactly(SessionLog.MAX_UNSENT_FOR_PASSING + 2L);
        assertThat(append("b", Arrival.of(place(), DispatchType.TYPING_START, "{}"))
                        .s())
                .containsExactly(0L);
        assertThat(append("b").s()).as("a message never is").containsExactly(SessionLog.MAX_UNSENT_FOR_PASSING + 3L);
    }

    @Test
    void aHeartbeatOfAnotherConnectionIsNotTheSessions() {
        started();

        assertThat(acknowledge("conn", 1)).isEqualTo(Acknowledged.ALIVE);
        assertThat(acknowledge("other", 1)).isEqualTo(Acknowledged.UNKNOWN_SESSION);
    }

    @Test
    void aHeartbeatTakesUpWhatADeadSenderLeft() {
        started();
        append("a");
        clock.forward(SessionLog.LEASE);

        assertThat(acknowledge("conn", 1)).isEqualTo(Acknowledged.LEASED);
        assertThat(next("beat", 0).firstS()).isEqualTo(2);
    }

    @Test
    void onlyTheConnectionThatTheSessionHasIsDetached() {
        started();

        assertThat(redis.await(sessionLog.detach(session, "other"))).isZero();
        assertThat(redis.await(sessionLog.detach(session, "conn"))).isEqualTo(1);
        assertThat(append("a")).isEqualTo(new Appended(AppendStatus.NOTHING_TO_SEND, "", List.of(2L)));
    }

    @Test
    void sentEventsPastTheLimitAreDroppedOldestFirst() {
        started();
        for (int i = 0; i < SessionLog.MAX_EVENTS + 10; i++) {
            Appended appended = append("a");
            next("a", appended.s().getFirst());
        }

        assertThat(resume("1", 2)).isEqualTo(ResumeStatus.OUT_OF_RANGE);
        assertThat(resume("1", 100)).isEqualTo(ResumeStatus.RESUMED);
    }

    @Test
    void aSessionWhoseClientReadsNothingEndsInsteadOfLosingEvents() {
        // Given
        started();
        String large = "\"" + "x".repeat(512 * 1024) + "\"";

        // When
        List<AppendStatus> statuses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            statuses.add(append("a", Arrival.of(place(), DispatchType.MESSAGE_CREATE, large))
                    .status());
        }

        // Then
        assertThat(statuses).contains(AppendStatus.OVERFLOWED).last().isEqualTo(AppendStatus.UNKNOWN_SESSION);
        assertThat(append("a").status()).isEqualTo(AppendStatus.UNKNOWN_SESSION);
    }

    @Test
    void aSessionMayBeginWithMoreThanMayWaitOtherwise() {
        // Given a bot in many guilds, to which nothing was sent yet
        create();
        String guild = "\"" + "x".repeat(SessionLog.MAX_UNSENT_BYTES / 4) + "\"";
        sessionLog.start(
                session,
                "starter",
                Stream.generate(() -> new Dispatch(DispatchType.GUILD_CREATE, guild))
                        .limit(6)
                        .toList());

        // Then
        assertThat(append("a").s()).containsExactly(7L);
        assertThat(next("starter", 0).firstS()).isEqualTo(1);
    }

    @Test
    void everyKeyOfASessionEnds() {
        // Given
        create();
        append("a");
        sessionLog.start(session, "starter", List.of(EVENT));
        append("a");

        // Then
        for (String key : SessionKeys.all(session)) {
            long ttl = redis.await(redis.commands().pttl(key));
            assertThat(ttl)
                    .as(key)
                    .isNotEqualTo(-1)
                    .isLessThanOrEqualTo(INTERVAL.multipliedBy(5)
                            .dividedBy(2)
                            .plus(WINDOW)
                            .plus(SessionLog.MARGIN)
                            .toMillis());
        }
    }

    private void create() {
        redis.await(sessionLog.create(
                new Owner(new Recipient(session, new Snowflake(1), false, 513, null), TOKEN), attachment("conn")));
    }

    private Attachment attachment(String connection) {
        return new Attachment(
                connection, INTERVAL, clock.millis() + Duration.ofMinutes(90).toMillis());
    }

    /** A session whose READY is sent and whose lease is free. */
    private void started() {
        create();
        sessionLog.start(session, "starter", List.of(new Dispatch(DispatchType.READY, "{}")));
        next("starter", 1);
    }

    private Appended append(String holder) {
        return append(holder, place());
    }

    private Appended append(String holder, Place place) {
        return append(holder, Arrival.of(place, DispatchType.MESSAGE_CREATE, "{\"content\":\"x\"}"));
    }

    private Appended append(String holder, Arrival... arrivals) {
        return redis.await(sessionLog.append(session, holder, List.of(arrivals)));
    }

    private Place place() {
        return new Place("group", "1%019d".formatted(++number), "event" + number, false);
    }

    private Frames next(String holder, long sent) {
        return redis.await(sessionLog.next(session, holder, sent, SessionLog.FRAMES_AT_ONCE));
    }

    private Acknowledged acknowledge(String connection, long s) {
        return sessionLog.acknowledge(session, connection, s, "beat");
    }

    private ResumeStatus resume(String user, long s) {
        return sessionLog
                .resume(session, "another token", user, s, attachment("conn"), "resumer")
                .status();
    }
}
