package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.guild.MemberRows;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A temporary member leaves with the last session. */
class TemporaryMembersTest {

    @TempDir
    private static Path folder;

    private static SessionStage stage;

    private User owner;
    private User guest;
    private Snowflake guildId;

    @BeforeAll
    static void start() {
        stage = SessionStage.start(folder);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void visit() {
        owner = stage.user();
        guest = stage.user();
        guildId = stage.guild(owner);
        stage.join(guildId, guest);
        stage.database.query(handle -> {
            MemberRows.makeTemporary(handle, guildId, guest.id());
            return null;
        });
    }

    @Test
    void whoCameForATimeLeavesWithTheLastSession() {
        // Given
        String first = stage.identify(guest, 0);
        String second = stage.identify(guest, 0);

        // When
        end(first);

        // Then
        assertThat(stage.guilds.idsOf(guest.id())).containsExactly(guildId);

        // When
        end(second);

        // Then
        assertThat(stage.guilds.idsOf(guest.id())).isEmpty();
    }

    @Test
    void whoGotARoleStaysEvenWithoutIt() {
        // Given
        String connection = stage.identify(guest, 0);
        Snowflake role = stage.role(guildId, owner);
        stage.members.addRole(guildId, Actor.of(owner.id()), guest.id(), role);
        stage.members.modify(guildId, Actor.of(owner.id()), guest.id(), new Form(Json.parse("{\"roles\":[]}")));

        // When
        end(connection);

        // Then
        assertThat(stage.guilds.idsOf(guest.id())).containsExactly(guildId);
    }

    @Test
    void whoHasASessionWasSeenToday() {
        // Given
        stage.database.query(handle -> handle.execute(
                "UPDATE users SET last_seen = current_date - 9 WHERE id = ?",
                guest.id().value()));

        // When
        stage.identify(guest, 0);

        // Then
        assertThat(stage.database.<Boolean, RuntimeException>query(handle -> handle.select(
                                "SELECT last_seen = current_date FROM users WHERE id = ?",
                                guest.id().value())
                        .mapTo(Boolean.class)
                        .one()))
                .isTrue();
    }

    private static void end(String connection) {
        stage.sessions.disconnected(connection, 1000);
        stage.clock.forward(Duration.ofSeconds(31));
        stage.sweep();
    }
}
