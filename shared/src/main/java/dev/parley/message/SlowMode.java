package dev.parley.message;

import dev.parley.channel.ChannelAccess;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.redis.Redis;
import dev.parley.redis.RedisScript;
import dev.parley.redis.RedisUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long somebody waits between two messages in a channel with {@code rate_limit_per_user}. The last time is in Redis: it
 * concerns nobody else, passes by itself, and is looked at and set in one step, so that of two messages at once one waits.
 *
 * <p>Thread-safe.
 */
public final class SlowMode {

    private static final Logger log = LoggerFactory.getLogger(SlowMode.class);
    private static final RedisScript TAKE = RedisScript.fromResource("lua/take_slow_mode.lua");

    /** Who keeps order is not slowed down; nor is who was let off (Discord documentation, "Channel Object"). */
    private static final long EXEMPT =
            Permission.of(Permission.BYPASS_SLOWMODE, Permission.MANAGE_MESSAGES, Permission.MANAGE_CHANNELS);

    private final Redis redis;
    private final Clock clock;

    public SlowMode(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * Notes that a user sends a message, if the user may already.
     *
     * @return how long the user has to wait; zero if the message may go. It also may while Redis is away
     */
    Duration take(ChannelAccess access) {
        int seconds = access.channel().rateLimitPerUser();
        Member member = access.member();
        // Bots are unaffected (same page).
        if (seconds == 0 || member == null || member.user().bot() || (access.permissions() & EXEMPT) != 0) {
            return Duration.ZERO;
        }
        try {
            return Duration.ofMillis(redis.await(redis.runLong(
                    TAKE,
                    List.of("slow:{" + access.channel().id() + ":" + access.userId() + "}"),
                    Long.toString(seconds * 1000L),
                    Long.toString(clock.millis()))));
        } catch (RedisUnavailableException e) {
            log.warn("Slow mode cannot be checked: allowed");
            return Duration.ZERO;
        }
    }
}
