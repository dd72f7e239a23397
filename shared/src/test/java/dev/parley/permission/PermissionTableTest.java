package dev.parley.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.permission.DocumentedPermissions.Says;
import dev.parley.permission.DocumentedPermissions.Where;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The calculator agrees with the documentation's sentences, permission by permission, in many random guilds. */
class PermissionTableTest {

    private static final int CASES = 10_000;

    /** A failure names it: the same seed makes the same cases. */
    private static final long SEED = Long.getLong("parley.seed", 20_260_731L);

    private static final Snowflake GUILD = new Snowflake(1);
    private static final Snowflake OWNER = new Snowflake(2);
    private static final Snowflake MEMBER = new Snowflake(3);
    private static final List<Where> PLACES = List.copyOf(EnumSet.allOf(Where.class));
    private static final int ROLES = 5;
    private static final long FIRST_ROLE = 10;

    @Test
    void theCalculatorAgreesWithTheDocumentation() {
        Random random = new Random(SEED);
        Map<Where, Integer> counts = new EnumMap<>(Where.class);
        int granted = 0;
        for (int number = 0; number < CASES; number++) {
            Table table = Table.random(random);
            EnumSet<Permission> expected = EnumSet.noneOf(Permission.class);
            for (Permission permission : Permission.values()) {
                if (table.documented().has(permission)) {
                    expected.add(permission);
                }
            }

            EnumSet<Permission> actual = read(table.calculated());

            assertThat(actual).as("case %d of seed %d: %s", number, SEED, table).isEqualTo(expected);
            counts.merge(table.where(), 1, Integer::sum);
            granted += actual.size();
        }
        assertThat(counts).hasSize(PLACES.size());
        assertThat(granted).isPositive();
        System.out.printf("%,d permission cases agree with the documentation (seed %d): %s%n", CASES, SEED, counts);
    }

    private static EnumSet<Permission> read(long bits) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (Permission permission : Permission.values()) {
            if (permission.in(bits)) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    /** A guild, a member and a place in it. */
    private record Table(
            boolean owner,
            Map<Snowflake, Long> roles,
            Set<Snowflake> memberRoles,
            List<Overwrite> overwrites,
            Where where,
            boolean joined,
            boolean timedOut) {

        static Table random(Random random) {
            Map<Snowflake, Long> roles = new HashMap<>();
            Set<Snowflake> memberRoles = new HashSet<>();
            roles.put(GUILD, bits(random));
            for (int i = 0; i < ROLES; i++) {
                Snowflake role = new Snowflake(FIRST_ROLE + i);
                roles.put(role, bits(random));
                if (random.nextInt(3) == 0) {
                    memberRoles.add(role);
                }
            }
            List<Overwrite> overwrites = new ArrayList<>();
            for (Snowflake role : roles.keySet()) {
                if (random.nextBoolean()) {
                    overwrites.add(new Overwrite(role, Overwrite.ROLE, bits(random), bits(random)));
                }
            }
            if (random.nextBoolean()) {
                overwrites.add(new Overwrite(MEMBER, Overwrite.MEMBER, bits(random), bits(random)));
            }
            overwrites.add(new Overwrite(new Snowflake(99), Overwrite.MEMBER, bits(random), bits(random)));
            return new Table(
                    random.nextInt(25) == 0,
                    roles,
                    memberRoles,
                    overwrites,
                    PLACES.get(random.nextInt(PLACES.size())),
                    random.nextBoolean(),
                    random.nextInt(4) == 0);
        }

        /** Some permissions, sparse or dense; ADMINISTRATOR rarely, or nothing else would be tried. */
        private static long bits(Random random) {
            int density = 1 + random.nextInt(9);
            long bits = 0;
            for (Permission permission : Permission.values()) {
                boolean has =
                        permission == Permission.ADMINISTRATOR ? random.nextInt(40) == 0 : random.nextInt(10) < density;
                bits |= has ? permission.mask() : 0;
            }
            return bits;
        }

        long calculated() {
            Snowflake ownerId = owner ? MEMBER : OWNER;
            long inGuild = PermissionCalculator.inGuild(GUILD, ownerId, MEMBER, memberRoles, roles);
            long there = switch (where) {
                case GUILD -> inGuild;
                case CHANNEL -> PermissionCalculator.inChannel(inGuild, GUILD, MEMBER, memberRoles, overwrites);
                case PUBLIC_THREAD, PRIVATE_THREAD ->
                    PermissionCalculator.inThread(inGuild, GUILD, MEMBER, memberRoles, overwrites);
            };
            long left = timedOut ? PermissionCalculator.timedOut(there) : there;
            return where == Where.PRIVATE_THREAD ? PermissionCalculator.inPrivateThread(left, joined) : left;
        }

        DocumentedPermissions documented() {
            Map<String, Set<Permission>> memberRolePermissions = new HashMap<>();
            List<Says> roleOverwrites = new ArrayList<>();
            Says everyone = Says.NOTHING;
            Says member = Says.NOTHING;
            memberRoles.forEach(role -> memberRolePermissions.put(role.toString(), read(roles.get(role))));
            for (Overwrite overwrite : overwrites) {
                Says says = new Says(read(overwrite.allow()), read(overwrite.deny()));
                if (overwrite.id().equals(GUILD)) {
                    everyone = says;
                } else if (overwrite.id().equals(MEMBER)) {
                    member = says;
                } else if (memberRoles.contains(overwrite.id())) {
                    roleOverwrites.add(says);
                }
            }
            return new DocumentedPermissions(
                    owner,
                    read(roles.get(GUILD)),
                    memberRolePermissions,
                    everyone,
                    roleOverwrites,
                    member,
                    where,
                    joined,
                    timedOut);
        }
    }
}
