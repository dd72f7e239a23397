package dev.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.iam.ConnectTokens;
import dev.parley.local.sqs.SettableClock;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalRedis;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** A real Redis whose user has the token as its password, as ElastiCache takes it. */
class RedisTokenLoginTest {

    private static final String CACHE = "parley-cache";
    private static final String USER = "parley-functions";
    private static final Instant NOW = Instant.parse("2026-11-28T03:04:05Z");
    private static final AwsBasicCredentials CREDENTIALS =
            AwsBasicCredentials.create("AKIAEXAMPLE", "wJalrXUtnFEMI/K7MDENG");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private LocalRedis server;
    private RedisClient client;
    private RedisCommands<String, String> admin;

    @BeforeEach
    void start() {
        server = LocalRedis.start(folder, BinaryCache.ofUser());
        client = RedisClient.create(server.uri());
        StatefulRedisConnection<String, String> connection = client.connect();
        admin = connection.sync();
    }

    @AfterEach
    void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        server.close();
    }

    @Test
    void logsInWithATokenAndDoesWhatFunctionsDo() {
        // Given
        let(NOW);

        try (Redis redis = redis(NOW)) {
            // When
            redis.await(redis.commands().set("key", "value"));

            // Then
            assertThat(redis.await(redis.commands().get("key"))).isEqualTo("value");
            assertThat(admin.clientList()).contains("user=" + USER);
        }
    }

    @Test
    void mayNotDoWhatIsDangerous() {
        // Given
        let(NOW);

        try (Redis redis = redis(NOW)) {
            redis.await(redis.commands().set("key", "value"));

            // Then
            assertThatThrownBy(() -> redis.await(redis.commands().flushall()))
                    .isInstanceOf(RedisUnavailableException.class)
                    .cause()
                    .hasMessageContaining("NOPERM");
        }
    }

    @Test
    @SuppressWarnings("try") // closed, and opened again by the next use
    void makesANewTokenForEachConnection() {
        // Given
        SettableClock clock = new SettableClock();
        let(clock.instant());
        ConnectTokens moving = new ConnectTokens(() -> CREDENTIALS, () -> "eu-west-1", clock);
        try (Redis redis = new Redis(RedisLogin.address(settings(), moving), TIMEOUT)) {
            redis.await(redis.commands().set("key", "value"));

            // When: the first token is of no use any more
            clock.forward(Duration.ofHours(1));
            let(clock.instant());
            redis.close();

            // Then
            assertThat(redis.await(redis.commands().get("key"))).isEqualTo("value");
        }
    }

    @Test
    void isLeftOutWithTheTokenOfAnotherTime() {
        // Given
        let(NOW);

        try (Redis redis = redis(NOW.plusSeconds(1))) {
            assertThatThrownBy(redis::commands).isInstanceOf(RedisUnavailableException.class);
        }
    }

    private Redis redis(Instant now) {
        return new Redis(RedisLogin.address(settings(), tokens(Clock.fixed(now, ZoneOffset.UTC))), TIMEOUT);
    }

    /** Lets the user in with the token of a time and with no other. */
    private void let(Instant time) {
        String token =
                tokens(Clock.fixed(time, ZoneOffset.UTC)).forCache(CACHE, USER).value();
        CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8)
                .add("SETUSER")
                .add(USER)
                .add("reset")
                .add(">" + token);
        for (String rule : RedisLogin.ACCESS.split(" ", -1)) {
            args.add(rule);
        }
        assertThat(admin.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), args))
                .isEqualTo("OK");
    }

    private Settings settings() {
        String address = server.uri().substring(server.uri().indexOf('@') + 1);
        return Settings.of(Map.of(
                Setting.REDIS_URL.variable(), "redis://" + address,
                Setting.REDIS_CACHE.variable(), CACHE,
                Setting.REDIS_USER.variable(), USER));
    }

    private static ConnectTokens tokens(Clock clock) {
        return new ConnectTokens(() -> CREDENTIALS, () -> "eu-west-1", clock);
    }
}
