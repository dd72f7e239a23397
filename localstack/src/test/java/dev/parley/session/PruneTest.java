package dev.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.moderation.PruneForm;
import dev.parley.moderation.Prunes;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is pruned: only who was not here for long enough, and whom nothing keeps. */
class PruneTest {

    private static final List<Snowflake> NO_ROLES = List.of();

    @TempDir
    private static Path folder;

    private static SessionStage stage;

    private User owner;
    private User guest;
    private Snowflake guildId;
    private Prunes prunes;

    @BeforeAll
    static void start() {
        stage = SessionStage.start(folder);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void meet() {
        owner = person();
        guest = person();
        guildId = stage.guild(owner);
        stage.join(guildId, guest);
        prunes = stage.prunes();
        joined(guest, 60);
        joined(owner, 60);
        seen(owner, 60);
    }

    @Test
    void whoWasHereLaterThanTheDaysStays() {
        seen(guest, 10);
        assertThat(pruned(11, NO_ROLES)).isZero();
        assertThat(pruned(10, NO_ROLES)).isZero();
        assertThat(pruned(9, NO_ROLES)).isEqualTo(1);
        joined(guest, 3);
        assertThat(pruned(9, NO_ROLES)).isZero();
    }

    @Test
    void theInactiveAreOutWithOneEntryAndTheOwnerStays() {
        // Given
        seen(guest, 20);

        // When
        ObjectNode done = prunes.prune(guildId, new Actor(owner.id(), "spring"), new PruneForm(7, NO_ROLES, true));

        // Then
        assertThat(done).isEqualTo(Json.object().put("pruned", 1));
        assertThat(stage.guilds.idsOf(guest.id())).isEmpty();
        assertThat(stage.guilds.idsOf(owner.id())).containsExactly(guildId);
        assertThat(stage.database.<String, RuntimeException>query(handle -> handle.select(
                                "SELECT reason || options FROM audit_log WHERE guild_id = ? AND action_type = 21",
                                guildId.value())
                        .mapTo(String.class)
                        .one()))
                .isEqualTo("spring{\"delete_member_days\":\"7\",\"members_removed\":\"1\"}");
        assertThat(prunes.prune(guildId, Actor.of(owner.id()), new PruneForm(7, NO_ROLES, false))
                        .path("pruned")
                        .isNull())
                .isTrue();
    }

    @Test
    void aRoleKeepsAMemberUnlessItIsNamed() {
        // Given
        seen(guest, 20);
        Snowflake role = stage.role(guildId, owner);
        stage.members.addRole(guildId, Actor.of(owner.id()), guest.id(), role);

        // Then
        assertThat(pruned(7, NO_ROLES)).isZero();
        assertThat(pruned(7, List.of(role))).isEqualTo(1);
    }

    @Test
    void botsStay() {
        User bot = stage.user();
        stage.join(guildId, bot);
        joined(bot, 60);
        seen(bot, 60);

        assertThat(pruned(30, NO_ROLES)).isZero();
    }

    @Test
    void moreThanOneBatchIsPruned() {
        // Given
        seen(guest, 20);
        List<User> crowd = IntStream.range(0, 120).mapToObj(i -> person()).toList();
        crowd.forEach(user -> {
            stage.join(guildId, user);
            joined(user, 60);
            seen(user, 20);
        });

        // When
        ObjectNode done = prunes.prune(guildId, Actor.of(owner.id()), new PruneForm(7, NO_ROLES, true));

        // Then
        assertThat(done.path("pruned").asInt()).isEqualTo(121);
        assertThat(pruned(7, NO_ROLES)).isZero();
    }

    private int pruned(int days, List<Snowflake> roles) {
        return prunes.preview(guildId, owner.id(), new PruneForm(days, roles, true))
                .path("pruned")
                .asInt();
    }

    private static User person() {
        User bot = stage.user();
        stage.database.query(handle -> handle.execute(
                "UPDATE users SET bot = false, email_key = ?, password_hash = '' WHERE id = ?",
                bot.id().toString(),
                bot.id().value()));
        return User.of(bot.id(), bot.username(), null, null, false);
    }

    private void joined(User user, int daysAgo) {
        stage.database.query(handle -> handle.execute(
                "UPDATE members SET joined_at = now() - make_interval(days => ?) WHERE guild_id = ? AND user_id = ?",
                daysAgo,
                guildId.value(),
                user.id().value()));
    }

    private static void seen(User user, int daysAgo) {
        stage.database.query(handle -> handle.execute(
                "UPDATE users SET last_seen = (now() AT TIME ZONE 'UTC')::date - ? WHERE id = ?",
                daysAgo,
                user.id().value()));
    }
}
