package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.account.User;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that begins while guilds cannot be read. */
class OwedGuildsTest {

    private static final long GUILDS = 1;

    @TempDir
    private static Path folder;

    private static SessionStage stage;

    @BeforeAll
    static void start() {
        stage = SessionStage.start(folder);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void itsGuildsComeWithTheSweepThatCanReadThem() {
        // Given
        User user = stage.user();
        Snowflake first = stage.guild(user);
        Snowflake second = stage.guild(user);
        try (Database away = new Database(
                "jdbc:postgresql://127.0.0.1:1/none", "nobody", new Secret("none"), 1, Duration.ofMillis(250))) {
            Sessions poor = stage.sessionsReadingFrom(away);

            // When
            String connection = stage.identify(poor, user, GUILDS);
            stage.clock.forward(Duration.ofMinutes(1));
            poor.sweeper().sweep(0, 1, Duration.ofSeconds(30));

            // Then
            JsonNode ready =
                    stage.posts.ofType(connection, "READY").getFirst().path("d").path("guilds");
            assertThat(ready.findValuesAsText("id")).containsExactly(first.toString(), second.toString());
            assertThat(ready.get(0).path("unavailable").asBoolean()).isTrue();
            assertThat(stage.posts.ofType(connection, "GUILD_CREATE")).isEmpty();

            // When
            stage.clock.forward(Duration.ofMinutes(1));
            stage.sweep();
            stage.clock.forward(Duration.ofMinutes(1));
            stage.sweep();

            // Then
            assertThat(stage.posts.ofType(connection, "GUILD_CREATE"))
                    .extracting(frame -> frame.path("d").path("id").asText())
                    .containsExactly(first.toString(), second.toString());
        }
    }
}
