package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connection.ConnectionActivity;
import dev.parley.connection.ConnectionPoster;
import dev.parley.connection.PostOutcome;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import dev.parley.protocol.DispatchType;
import dev.parley.redis.Redis;
import dev.parley.session.SessionLog.AppendStatus;
import dev.parley.session.SessionLog.Dispatch;
import dev.parley.snowflake.Snowflake;
import dev.parley.telemetry.Meter;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sender does with the answers of {@code @connections}, on a real session log. */
class SenderTest {

    private static final Duration POST_TIMEOUT = Duration.ofSeconds(3);
    private static final Dispatch EVENT = new Dispatch(DispatchType.MESSAGE_CREATE, "{}");

    @TempDir
    private static Path folder;

    private static LocalRedis server;
    private static Redis redis;

    private final SteppingClock clock = new SteppingClock();
    private final SessionLog sessionLog = new SessionLog(redis, clock, Duration.ofMinutes(5));
    private final String session = UUID.randomUUID().toString();
    private final List<String> posted = new ArrayList<>();
    private Optional<ConnectionActivity> alive = Optional.empty();

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
    void sendsAllThatWaitsInOrderAndReleasesTheLease() throws Exception {
        started(3);

        drain(frame -> PostOutcome.DELIVERED);

        assertThat(posted).hasSize(4);
        assertThat(posted.get(0)).contains("\"s\":1");
        assertThat(posted.get(3)).contains("\"s\":4");
        assertThat(append()).isEqualTo(AppendStatus.SEND_THESE);
    }

    @Test
    void triesAThrottledFrameAgainBeforeTheNext() throws Exception {
        started(1);

        drain(frame -> posted.size() == 1 ? PostOutcome.THROTTLED : PostOutcome.DELIVERED);

        assertThat(posted).hasSize(3);
        assertThat(posted.get(1)).isEqualTo(posted.get(0));
    }

    @Test
    void givesUpBeforeAnybodyElseCanHaveTheLease() throws Exception {
        // Given answers that take as long as the poster waits
        started(0);
        long before = clock.millis();

        // When
        drain(frame -> {
            clock.forward(POST_TIMEOUT);
            return PostOutcome.FAILED;
        });

        // Then
        assertThat(posted).hasSize(2);
        assertThat(clock.millis() - before).isLessThan(SessionLog.LEASE.toMillis());
        assertThat(append()).as("what failed waits before it").isEqualTo(AppendStatus.SEND_FROM_LOG);
    }

    @Test
    void aGoneConnectionLeavesTheSessionToBeResumed() throws Exception {
        started(0);

        drain(frame -> PostOutcome.GONE);

        assertThat(append()).isEqualTo(AppendStatus.NOTHING_TO_SEND);
        assertThat(sessionLog
                        .resume(session, "digest", null, 0, attachment("conn2"), "c")
                        .status())
                .isEqualTo(SessionLog.ResumeStatus.RESUMED);
    }

    @Test
    void aConnectionThatIsThereAfterAllIsTriedAgain() throws Exception {
        started(1);
        alive = Optional.of(new ConnectionActivity(clock.instant(), clock.instant()));

        drain(frame -> posted.size() == 1 ? PostOutcome.GONE : PostOutcome.DELIVERED);

        assertThat(posted).hasSize(3);
        assertThat(append()).isEqualTo(AppendStatus.SEND_THESE);
    }

    /** A session with READY and so many events, none of them sent, whose lease is held by {@code starter}. */
    private void started(int events) {
        redis.await(sessionLog.create(
                new SessionLog.Owner(new Recipient(session, new Snowflake(1), false, 513, null), "digest"),
                attachment("conn")));
        List<Dispatch> first = new ArrayList<>();
        first.add(new Dispatch(DispatchType.READY, "{}"));
        for (int i = 0; i < events; i++) {
            first.add(EVENT);
        }
        sessionLog.start(session, "starter", first);
    }

    private void drain(Function<String, PostOutcome> answer) throws Exception {
        ConnectionPoster poster = new ConnectionPoster() {
            @Override
            public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
                String frame = new String(message, StandardCharsets.UTF_8);
                posted.add(frame);
                return CompletableFuture.completedFuture(answer.apply(frame));
            }

            @Override
            public CompletableFuture<PostOutcome> disconnect(String connectionId) {
                return CompletableFuture.completedFuture(PostOutcome.DELIVERED);
            }

            @Override
            public void close() {}
        };
        new Sender(
                        sessionLog,
                        poster,
                        connection -> CompletableFuture.completedFuture(alive),
                        connection -> CompletableFuture.completedFuture(0L),
                        Meter.none(),
                        clock)
                .drain(session, "starter")
                .get(10, TimeUnit.SECONDS);
    }

    private SessionLog.Attachment attachment(String connection) {
        return new SessionLog.Attachment(
                connection,
                Duration.ofSeconds(40),
                clock.millis() + Duration.ofMinutes(90).toMillis());
    }

    private AppendStatus append() {
        return redis.await(sessionLog.append(
                        session, "next", List.of(Arrival.of(Place.unnumbered("g"), DispatchType.MESSAGE_CREATE, "{}"))))
                .status();
    }
}
