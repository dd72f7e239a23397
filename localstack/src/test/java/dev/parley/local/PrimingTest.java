package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.functions.ParleyFunction;
import dev.parley.redis.Redis;
import dev.parley.settings.Settings;
import dev.parley.store.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What functions do before a snapshot is taken, on a system of its own in which nobody does anything else. */
class PrimingTest {

    /** What PTTL says of a key without an end (Redis documentation, "PTTL"). */
    private static final long NEVER = -1;

    @Test
    void everyFunctionPrimesToTheEndAndLeavesNothingBehind() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.ephemeral(), StartProgress.none());
                Parley parley = new Parley(Settings.of(cloud.functionEnvironment()), Clock.systemUTC(), line -> {});
                LogLines log = new LogLines()) {
            // Given
            Database database = cloud.parley().database();
            Redis redis = cloud.parley().redis();
            Map<String, Long> before = rows(database);
            Set<String> keysBefore = lasting(redis);

            // When
            List<String> names = new ArrayList<>();
            for (FunctionSpec function : Functions.all()) {
                if (Class.forName(function.handler())
                                .getConstructor(Parley.class)
                                .newInstance(parley)
                        instanceof ParleyFunction primed) {
                    primed.beforeCheckpoint(null);
                    names.add(function.name());
                }
            }

            // Then
            assertThat(names).contains("CreateMessage", "ListMessages", "Identify", "Heartbeat", "Fanout", "Deliver");
            assertThat(rows(database)).isEqualTo(before);
            assertThat(lasting(redis)).isEqualTo(keysBefore);
            assertThat(cloud.parley().sessions().count()).isZero();
            assertThat(log.all())
                    .extracting(line -> line.path("level").asText() + " "
                            + line.path("message").asText())
                    .noneMatch(line -> line.startsWith("ERROR") || line.contains("Priming"));
        }
    }

    /** The keys that do not go by themselves. */
    private static Set<String> lasting(Redis redis) {
        Set<String> keys = new TreeSet<>();
        for (String key : redis.await(redis.commands().keys("*"))) {
            if (redis.await(redis.commands().pttl(key)) == NEVER) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** How many rows each table has. */
    private static Map<String, Long> rows(Database database) {
        return database.query(handle -> {
            List<String> tables = handle.createQuery(
                            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
                    .mapTo(String.class)
                    .list();
            Map<String, Long> rows = new TreeMap<>();
            for (String table : tables) {
                rows.put(
                        table,
                        handle.createQuery("SELECT count(*) FROM \"" + table + '"')
                                .mapTo(Long.class)
                                .one());
            }
            return rows;
        });
    }
}
