package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.functions.ParleyFunction;
import dev.parley.settings.Settings;
import dev.parley.store.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What functions do before a snapshot is taken, on a system of its own in which nobody does anything else. */
class PrimingTest {

    @Test
    void everyFunctionPrimesToTheEndAndLeavesNothingBehind() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.ephemeral(), StartProgress.none());
                Parley parley = new Parley(Settings.of(cloud.functionEnvironment()), Clock.systemUTC(), line -> {});
                LogLines log = new LogLines()) {
            // Given
            Database database = cloud.parley().database();
            Map<String, Long> before = rows(database);

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
            assertThat(log.all())
                    .extracting(line -> line.path("level").asText() + " "
                            + line.path("message").asText())
                    .noneMatch(line -> line.startsWith("ERROR") || line.contains("Priming"));
        }
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
