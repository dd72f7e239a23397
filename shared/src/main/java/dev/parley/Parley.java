package dev.parley;

import dev.parley.account.Authenticator;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.ratelimit.LimitTable;
import dev.parley.ratelimit.RateLimiter;
import dev.parley.redis.Redis;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.snowflake.RedisWorkerLeases;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import io.lettuce.core.RedisURI;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * The composition root: everything that the functions call, built once from the settings. Nothing is connected until it
 * is used.
 *
 * <p>Thread-safe: one Parley serves all functions of a process.
 */
public final class Parley implements AutoCloseable {

    private final Settings settings;
    private final Clock clock;
    private final AwsClients aws;
    private final Database database;
    private final Redis redis;
    private final SnowflakeGenerator snowflakes;
    private final RateLimiter rateLimiter;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Parley(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        aws = new AwsClients();
        database = new Database(
                settings.text(Setting.DATABASE_URL),
                settings.text(Setting.DATABASE_USER),
                settings.secret(Setting.DATABASE_PASSWORD),
                settings.integer(Setting.DATABASE_POOL_SIZE, 1, 100),
                settings.duration(Setting.DATABASE_TIMEOUT));
        redis = new Redis(RedisURI.create(settings.text(Setting.REDIS_URL)), settings.duration(Setting.REDIS_TIMEOUT));
        snowflakes = new SnowflakeGenerator(clock, new RedisWorkerLeases(redis, clock, random));
        rateLimiter = new RateLimiter(redis, LimitTable.from(settings), clock);
        outbox = new Outbox(database);
        publisher = new EventPublisher(aws::sqs, settings.text(Setting.EVENTS_QUEUE_URL));
    }

    /** The system that this process's environment describes. */
    public static Parley fromEnvironment() {
        return new Parley(Settings.fromEnvironment(), Clock.systemUTC());
    }

    public Settings settings() {
        return settings;
    }

    public Clock clock() {
        return clock;
    }

    public Database database() {
        return database;
    }

    public Redis redis() {
        return redis;
    }

    public SnowflakeGenerator snowflakes() {
        return snowflakes;
    }

    public RateLimiter rateLimiter() {
        return rateLimiter;
    }

    public Outbox outbox() {
        return outbox;
    }

    public EventPublisher publisher() {
        return publisher;
    }

    public Authenticator authenticator() {
        return token -> null;
    }

    /**
     * Uses each connection once, which loads the classes that do it.
     *
     * @throws RuntimeException if one of them does not answer
     */
    public void prime() {
        database.query(handle -> handle.select("SELECT 1").mapTo(Integer.class).one());
        redis.await(redis.commands().get("prime"));
        snowflakes.next();
    }

    /**
     * Lets go of everything that a copy of this process must not share: sockets and the snowflake worker. What is used
     * next opens and leases anew, so this serves before a snapshot as well as at the end.
     */
    @Override
    public void close() {
        snowflakes.forget();
        aws.close();
        database.close();
        redis.close();
    }
}
