package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a presence ends: with its session, and not with a connection. */
class PresenceEndsTest {

    private static final long GUILDS_AND_PRESENCES = 1 | 1 << 8;

    @TempDir
    private static Path folder;

    private static SessionStage stage;

    private User other;
    private String connection = "";

    @BeforeAll
    static void start() {
        stage = SessionStage.start(folder);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void connect() {
        User watcher = stage.user();
        other = stage.user();
        Snowflake guildId = stage.guild(watcher);
        stage.join(guildId, other);
        stage.identify(watcher, GUILDS_AND_PRESENCES);
        connection = stage.identify(other, GUILDS_AND_PRESENCES);
        assertThat(statusesToldOf(other)).containsExactly("online");
    }

    @Test
    void aPresenceOutlivesItsConnectionAndEndsWithTheResumeWindow() {
        // When the connection is lost
        stage.sessions.disconnected(connection, 1001);
        stage.clock.forward(SessionStage.WINDOW.minusSeconds(1));
        stage.sweep();

        // Then
        assertThat(stage.shown.visible(List.of(other.id()))).containsKey(other.id());
        assertThat(statusesToldOf(other)).isEmpty();

        // When nobody comes back
        stage.clock.forward(Duration.ofSeconds(2));
        stage.sweep();

        // Then
        assertThat(stage.shown.visible(List.of(other.id()))).isEmpty();
        assertThat(statusesToldOf(other)).containsExactly("offline");
    }

    @Test
    void nobodyNoticesASessionThatIsResumed() {
        // Given
        String sessionId = stage.posts
                .ofType(connection, "READY")
                .getFirst()
                .path("d")
                .path("session_id")
                .asText();
        stage.sessions.disconnected(connection, null);
        stage.clock.forward(SessionStage.WINDOW.minusSeconds(1));

        // When
        String refusal = stage.sessions.resume(
                stage.open(),
                Json.object()
                        .put("token", other.id().toString())
                        .put("session_id", sessionId)
                        .put("seq", 1));
        stage.clock.forward(Duration.ofSeconds(10));
        stage.sweep();

        // Then
        assertThat(refusal).isNull();
        assertThat(statusesToldOf(other)).isEmpty();
        assertThat(stage.shown.visible(List.of(other.id()))).containsKey(other.id());
    }

    @Test
    void aFarewellEndsItAtOnceAndWhatComesAfterItChangesNothing() {
        // Given
        Recipient session = stage.sessions.find(connection);

        // When
        stage.sessions.disconnected(connection, 1000);
        stage.presences.update(session, Json.object().put("status", "dnd"));

        // Then
        assertThat(statusesToldOf(other)).containsExactly("offline");
        assertThat(stage.shown.visible(List.of(other.id()))).isEmpty();
        assertThat(stage.sessions.find(connection)).isNull();
    }

    @Test
    void whoComesBackAfterAFarewellIsShownAgain() {
        // Given a close with 1000 that was not the client's
        String sessionId = stage.posts
                .ofType(connection, "READY")
                .getFirst()
                .path("d")
                .path("session_id")
                .asText();
        stage.sessions.disconnected(connection, 1000);
        assertThat(statusesToldOf(other)).containsExactly("offline");

        // When
        String refusal = stage.sessions.resume(
                stage.open(),
                Json.object()
                        .put("token", other.id().toString())
                        .put("session_id", sessionId)
                        .put("seq", 1));

        // Then
        assertThat(refusal).isNull();
        assertThat(statusesToldOf(other)).containsExactly("online");
    }

    @Test
    void aSessionWhoseTokenWasRevokedIsGoneWithTheNextSweep() {
        // When
        stage.sessions.revoked(other.id(), List.of(other.id().toString()));

        // Then
        assertThat(statusesToldOf(other)).isEmpty();
        stage.clock.forward(Duration.ofMinutes(1));
        stage.sweep();
        assertThat(statusesToldOf(other)).containsExactly("offline");
    }

    @Test
    void overTheRateLimitAnUpdateIsIgnored() {
        // Given
        Recipient session = stage.sessions.find(connection);
        for (String status : List.of("idle", "dnd", "idle", "dnd", "idle")) {
            stage.presences.update(session, Json.object().put("status", status));
        }

        // When
        stage.presences.update(session, Json.object().put("status", "dnd"));

        // Then
        assertThat(statusesToldOf(other)).containsExactly("idle", "dnd", "idle", "dnd", "idle");
    }

    @Test
    void aGuildInWhichNobodyElseIsThereHearsNothing() {
        // Given
        User alone = stage.user();
        stage.guild(alone);

        // When
        stage.identify(alone, GUILDS_AND_PRESENCES);

        // Then
        assertThat(statusesToldOf(alone)).isEmpty();
    }

    private static List<String> statusesToldOf(User user) {
        return stage.published().stream()
                .filter(data -> data.has("status")
                        && data.path("user")
                                .path("id")
                                .asText()
                                .equals(user.id().toString()))
                .map(data -> data.path("status").asText())
                .toList();
    }
}
