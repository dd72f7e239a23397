package dev.parley.guild;

import dev.parley.redis.Redis;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * How many members guilds have, to some minutes: counting a large guild for each change of a presence would keep the
 * database busy.
 *
 * <p>Thread-safe.
 */
public final class GuildSizes {

    /** Members up to which a guild has presences (Discord documentation, "Request Guild Members"). */
    public static final int MOST_WITH_PRESENCES = 75_000;

    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Redis redis;
    private final Database database;

    public GuildSizes(Redis redis, Database database) {
        this.redis = redis;
        this.database = database;
    }

    /** Those of the guilds whose members hear of each other's presences. */
    public List<Snowflake> withPresences(Collection<Snowflake> guildIds) {
        Map<Snowflake, CompletionStage<String>> answers = new LinkedHashMap<>();
        guildIds.forEach(guildId -> answers.put(guildId, redis.commands().get(key(guildId))));
        List<Snowflake> small = new ArrayList<>();
        List<Snowflake> unknown = new ArrayList<>();
        answers.forEach((guildId, answer) -> {
            String count = redis.awaitNullable(answer);
            if (count == null) {
                unknown.add(guildId);
            } else if (Integer.parseInt(count) <= MOST_WITH_PRESENCES) {
                small.add(guildId);
            }
        });
        if (!unknown.isEmpty()) {
            count(unknown).forEach((guildId, count) -> {
                redis.commands()
                        .set(key(guildId), Integer.toString(count), SetArgs.Builder.px(KEPT.toMillis()))
                        .exceptionally(failure -> null);
                if (count <= MOST_WITH_PRESENCES) {
                    small.add(guildId);
                }
            });
        }
        return small;
    }

    private Map<Snowflake, Integer> count(List<Snowflake> guildIds) {
        return database.query(handle -> {
            Map<Snowflake, Integer> counts = new LinkedHashMap<>();
            handle.select("SELECT guild_id, count(*) FROM members WHERE guild_id = ANY (?) GROUP BY guild_id", (Object)
                            MemberRows.longs(guildIds))
                    .map((rs, context) -> counts.put(new Snowflake(rs.getLong(1)), rs.getInt(2)))
                    .list();
            return counts;
        });
    }

    private static String key(Snowflake guildId) {
        return "guild:{" + guildId + "}:members";
    }
}
