package dev.parley.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.migrations.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of the database that are there for their plans (docs/adr/0016-kept-plans.md). */
class KeptPlansTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static LocalPostgres server;

    @BeforeAll
    static void start() {
        server = LocalPostgres.start(folder.resolve("postgres"), BinaryCache.ofUser());
        new Migrations(server.jdbcUrl(), server.user(), server.password().value()).migrate();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyFunctionThatGivesRowsKeepsOnePlanForAllParametersAndSizes() throws SQLException {
        try (Connection connection = server.connect(LONGEST)) {
            List<String> others = column(connection, """
                    SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                    WHERE n.nspname = 'public' AND p.proretset
                      AND NOT coalesce(p.proconfig, '{}')
                        @> ARRAY['plan_cache_mode=force_generic_plan', 'enable_seqscan=off']
                    """);

            assertThat(others).isEmpty();
        }
    }

    @Test
    void aPlanIsMadeAtTheFirstCallAndServesTheNext() throws SQLException {
        try (Connection connection = server.connect(LONGEST)) {
            // Given
            String plans = "SELECT ident FROM pg_backend_memory_contexts WHERE name = 'CachedPlan'"
                    + " AND ident LIKE '%c.guild_id, c.name%' AND ident NOT LIKE '%pg_backend%'";
            assertThat(column(connection, plans)).isEmpty();

            // When
            assertThat(column(connection, "SELECT id FROM channel_access(1, 2)"))
                    .isEmpty();
            List<String> first = column(connection, plans);
            assertThat(column(connection, "SELECT id FROM channel_access(3, 4)"))
                    .isEmpty();

            // Then
            assertThat(first).hasSize(1);
            assertThat(column(connection, plans)).isEqualTo(first);
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
