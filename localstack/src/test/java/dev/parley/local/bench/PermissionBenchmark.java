package dev.parley.local.bench;

import dev.parley.permission.Overwrite;
import dev.parley.permission.Permission;
import dev.parley.permission.PermissionCalculator;
import dev.parley.snowflake.Snowflake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whether a member sees a channel: asked for every request, and for each member when what the fan-out knows of a guild is old. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PermissionBenchmark {

    private static final Snowflake GUILD = new Snowflake(1);
    private static final Snowflake OWNER = new Snowflake(2);
    private static final Snowflake USER = new Snowflake(3);

    /** Roles of the member, and overwrites of the channel. */
    @Param({"2", "20"})
    public int roles;

    private final Map<Snowflake, Long> permissions = new HashMap<>();
    private final Set<Snowflake> memberRoles = new HashSet<>();
    private final List<Overwrite> overwrites = new ArrayList<>();

    @Setup
    public void fill() {
        permissions.put(GUILD, Permission.VIEW_CHANNEL.mask());
        for (int i = 0; i < roles; i++) {
            Snowflake role = new Snowflake(100 + i);
            permissions.put(role, Permission.SEND_MESSAGES.mask());
            memberRoles.add(role);
            overwrites.add(new Overwrite(role, Overwrite.ROLE, Permission.EMBED_LINKS.mask(), 0));
        }
    }

    @Benchmark
    public boolean sees() {
        long inGuild = PermissionCalculator.inGuild(GUILD, OWNER, USER, memberRoles, permissions);
        return Permission.VIEW_CHANNEL.in(
                PermissionCalculator.inChannel(inGuild, GUILD, USER, memberRoles, overwrites));
    }
}
