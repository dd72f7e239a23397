package dev.parley.automod;

import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The enabled rules of guilds, ready to be asked. A copy is used for {@link #FRESH} without a question, and after that as long
 * as its version is that of the database; so a change holds everywhere within a second.
 *
 * <p>Thread-safe.
 */
final class ActiveRules {

    private static final Duration FRESH = Duration.ofMillis(750);

    private static final int MOST_GUILDS = 1_000;

    private final Database database;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock; what was not used for longest comes first.
    private final LinkedHashMap<Snowflake, Copy> copies = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Snowflake, Copy> eldest) {
            return size() > MOST_GUILDS;
        }
    };

    ActiveRules(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A rule and what decides whether it is triggered. */
    record ActiveRule(AutoModRule rule, Trigger trigger) {}

    private record Copy(long version, Instant asked, List<ActiveRule> rules) {}

    List<ActiveRule> ofGuild(Snowflake guildId) {
        Instant now = clock.instant();
        Copy copy = copy(guildId);
        if (copy != null && now.isBefore(copy.asked().plus(FRESH))) {
            return copy.rules();
        }
        Copy current = database.query(handle -> {
            // The version first: rules that are newer than it are only read once more.
            long version = RuleRows.version(handle, guildId);
            if (copy != null && copy.version() == version) {
                return new Copy(version, now, copy.rules());
            }
            List<AutoModRule> rules = version == 0 ? List.of() : RuleRows.ofGuild(handle, guildId);
            return new Copy(
                    version,
                    now,
                    rules.stream()
                            .filter(AutoModRule::enabled)
                            .map(rule -> new ActiveRule(rule, Trigger.of(rule)))
                            .toList());
        });
        lock.lock();
        try {
            copies.put(guildId, current);
        } finally {
            lock.unlock();
        }
        return current.rules();
    }

    /** Lets go of a guild's copy, here and now. */
    void forget(Snowflake guildId) {
        lock.lock();
        try {
            copies.remove(guildId);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Copy copy(Snowflake guildId) {
        lock.lock();
        try {
            return copies.get(guildId);
        } finally {
            lock.unlock();
        }
    }
}
