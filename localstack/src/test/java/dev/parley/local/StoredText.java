package dev.parley.local;

import dev.parley.redis.Redis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds a text wherever a local cloud keeps something: in every row of every table, and in every key of Redis. */
public final class StoredText {

    private final LocalCloud cloud;

    public StoredText(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** The tables and keys that hold the text, in small letters or as it is. */
    public List<String> places(String text) {
        List<String> places = tables(text);
        Redis redis = cloud.parley().redis();
        for (String key : redis.await(redis.commands().keys("*"))) {
            String value = value(redis, key);
            if (key.contains(text) || value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))) {
                places.add(key);
            }
        }
        return places;
    }

    private List<String> tables(String text) {
        return cloud.parley().database().query(handle -> {
            List<String> found = new ArrayList<>();
            for (String table : handle.select("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                    .mapTo(String.class)
                    .list()) {
                boolean holds = handle.createQuery(
                                "SELECT EXISTS (SELECT 1 FROM \"" + table + "\" t WHERE t::text ILIKE :pattern)")
                        .bind("pattern", "%" + text.replace("_", "\\_") + "%")
                        .mapTo(Boolean.class)
                        .one();
                if (holds) {
                    found.add(table);
                }
            }
            return found;
        });
    }

    private static String value(Redis redis, String key) {
        var commands = redis.commands();
        return switch (redis.await(commands.type(key))) {
            case "string" -> String.valueOf(redis.awaitNullable(commands.get(key)));
            case "hash" -> redis.await(commands.hgetall(key)).toString();
            case "list" -> redis.await(commands.lrange(key, 0, -1)).toString();
            case "set" -> redis.await(commands.smembers(key)).toString();
            case "zset" -> redis.await(commands.zrange(key, 0, -1)).toString();
            default -> "";
        };
    }
}
