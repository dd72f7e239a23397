package dev.parley.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.migrations.MigrationFailedException;
import dev.parley.protocol.Json;
import dev.parley.settings.Setting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the person who deploys reads when a migration fails: the real function, on a real database. */
class MigrationFailureTest {

    /** What an answer to CloudFormation may have, besides the message (CloudFormation user guide, "Custom resource response objects"). */
    private static final int ROOM_FOR_THE_MESSAGE = 2_000;

    @TempDir
    private static Path folder;

    private static MigratedServer server;

    @BeforeAll
    static void startPostgres() {
        server = MigratedServer.start(folder);
    }

    @AfterAll
    static void stopPostgres() {
        server.close();
    }

    @Test
    void namesTheMigrationAndTheReasonAndKeepsWhatWasThere() throws Exception {
        // Given a database that already has what its last migration would make, and does not know it
        JsonNode done = Json.parse(server.migrate(Map.of()));
        String version = done.path("version").asText();
        String script = newest("script");
        server.execute("DELETE FROM flyway_schema_history WHERE version = '" + version + "'");

        // When
        Throwable failure = catchThrowable(() -> server.migrate(Map.of()));

        // Then
        assertThat(failure).rootCause().isInstanceOf(SQLException.class);
        assertThat(reported(failure))
                .startsWith("Migration " + script + " failed at line ")
                .contains("SQLSTATE", "the version that is deployed goes on")
                .doesNotContain(server.password(), "ALTER TABLE")
                .hasSizeLessThan(ROOM_FOR_THE_MESSAGE);
        assertThat(newest("version")).as("nothing is noted as done").isNotEqualTo(version);
        assertThat(newest("success")).isEqualTo("t");
    }

    @Test
    void tellsNoPasswordWhenTheDatabaseRefusesIt() {
        // Given
        String wrong = "wrong-and-never-to-be-shown";

        // When
        Throwable failure = catchThrowable(() -> server.migrate(Map.of(Setting.DATABASE_PASSWORD, wrong)));

        // Then
        assertThat(reported(failure))
                .startsWith("The schema could not be migrated: ")
                .doesNotContain(wrong)
                .hasSizeLessThan(ROOM_FOR_THE_MESSAGE);
    }

    private static String reported(Throwable failure) {
        return MigratedServer.reported(failure, MigrationFailedException.class);
    }

    private static String newest(String column) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT " + column + " FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
