package dev.parley.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermissionCalculatorTest {

    private static final Snowflake GUILD = new Snowflake(1);
    private static final Snowflake OWNER = new Snowflake(2);
    private static final Snowflake MEMBER = new Snowflake(3);
    private static final Snowflake ROLE_A = new Snowflake(4);
    private static final Snowflake ROLE_B = new Snowflake(5);
    private static final long VIEW = Permission.VIEW_CHANNEL.mask();
    private static final long SEND = Permission.SEND_MESSAGES.mask();
    private static final long ATTACH = Permission.ATTACH_FILES.mask();
    private static final long READ = Permission.READ_MESSAGE_HISTORY.mask();

    @Test
    void theOwnerMayEverything() {
        assertThat(PermissionCalculator.inGuild(GUILD, OWNER, OWNER, Set.of(), Map.of(GUILD, 0L)))
                .isEqualTo(Permission.ALL);
    }

    @Test
    void rolesAddUp() {
        long permissions = PermissionCalculator.inGuild(
                GUILD, OWNER, MEMBER, Set.of(ROLE_A), Map.of(GUILD, VIEW, ROLE_A, SEND, ROLE_B, ATTACH));

        assertThat(permissions).isEqualTo(VIEW | SEND);
    }

    @Test
    void anAdministratorPassesEveryOverwrite() {
        long inGuild = PermissionCalculator.inGuild(
                GUILD, OWNER, MEMBER, Set.of(ROLE_A), Map.of(GUILD, 0L, ROLE_A, Permission.ADMINISTRATOR.mask()));

        assertThat(inChannel(inGuild, new Overwrite(MEMBER, Overwrite.MEMBER, 0, Permission.ALL)))
                .isEqualTo(Permission.ALL);
    }

    @Test
    void aRolesAllowBeatsAnotherRolesDeny() {
        long permissions = inChannel(
                VIEW | SEND | READ,
                new Overwrite(ROLE_A, Overwrite.ROLE, 0, SEND),
                new Overwrite(ROLE_B, Overwrite.ROLE, SEND, 0));

        assertThat(permissions).isEqualTo(VIEW | SEND | READ);
    }

    @Test
    void theMembersOverwriteComesLast() {
        long permissions = inChannel(
                VIEW | SEND,
                new Overwrite(MEMBER, Overwrite.MEMBER, 0, SEND),
                new Overwrite(ROLE_A, Overwrite.ROLE, SEND, 0));

        assertThat(permissions).isEqualTo(VIEW);
    }

    @Test
    void aMemberOverwriteDoesNotApplyToARoleOfTheSameId() {
        assertThat(inChannel(VIEW, new Overwrite(ROLE_A, Overwrite.MEMBER, 0, VIEW)))
                .isEqualTo(VIEW);
    }

    @Test
    void whoCannotSeeTheChannelMayNothingThere() {
        assertThat(inChannel(VIEW | SEND | READ, new Overwrite(GUILD, Overwrite.ROLE, 0, VIEW)))
                .isZero();
    }

    @Test
    void whoCannotSendCannotAttach() {
        assertThat(inChannel(VIEW | SEND | ATTACH | READ, new Overwrite(GUILD, Overwrite.ROLE, 0, SEND)))
                .isEqualTo(VIEW | READ);
    }

    private static long inChannel(long inGuild, Overwrite... overwrites) {
        return PermissionCalculator.inChannel(inGuild, GUILD, MEMBER, Set.of(ROLE_A, ROLE_B), List.of(overwrites));
    }
}
