package dev.parley.local.command;

import dev.parley.AwsClients;
import dev.parley.iam.ConnectTokens;
import dev.parley.local.store.RunningPostgres;
import dev.parley.search.MessageIndex;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.shard.ClusterSettings;
import dev.parley.shard.Clusters;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.shard.ShardMover;
import dev.parley.shard.ShardStatus;
import dev.parley.store.DatabaseLogin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Shows where the content is, and moves it. */
@Command(
        name = "shards",
        description = {
            "Show which database cluster has which logical shard, and move them (docs/shards.md).",
            "The clusters are those of a parley that is running here, or with PARLEY_DATABASE_URL set those of the"
                    + " environment's settings."
        },
        synopsisSubcommandLabel = "[move | abort]",
        footer = {
            "",
            "Examples:",
            "  ./parley up --database-clusters 2",
            "  ./parley shards --count",
            "  ./parley shards move 17 --to cluster-2",
            "  ./parley shards abort 17"
        },
        mixinStandardHelpOptions = true)
final class ShardsCommand implements Callable<Integer> {

    /** Longer than a request may run that has read the map before the switch. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final String POOL = "4";

    /** Logical shards that are shown when nobody asks for all. */
    private static final int SHOWN = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the parley that is running here (default: .parley).",
            scope = ScopeType.INHERIT)
    private @Nullable Path data;

    @Option(names = "--json", description = "Print everything as JSON.")
    private boolean json;

    @Option(names = "--all", description = "Show all logical shards with channels, and not only the fullest.")
    private boolean all;

    @Option(names = "--count", description = "Count messages as well, which reads all of them.")
    private boolean count;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Clusters clusters = clusters()) {
            ShardTable table = new ShardTable(ShardStatus.read(clusters, count), all ? LogicalShard.COUNT : SHOWN);
            if (json) {
                out.println(table.json());
            } else {
                table.lines().forEach(out::println);
            }
            out.flush();
        }
        return 0;
    }

    @Command(
            name = "move",
            description = {
                "Move a logical shard while it is used. Writers wait for a moment, readers do not.",
                "Called again after it was broken off, it goes on. It ends two minutes after the shard has moved, when what"
                        + " the source still has of it is removed."
            },
            mixinStandardHelpOptions = true)
    int move(
            @Parameters(paramLabel = "LOGICAL", description = "0 to 1023; that of a guild is (id >> 22) modulo 1024.")
                    int shard,
            @Option(names = "--to", paramLabel = "CLUSTER", required = true, description = "Where it is to be.")
                    String target) {
        PrintWriter out = spec.commandLine().getOut();
        try (Clusters clusters = clusters()) {
            ShardMover.Moved moved = mover(clusters, out).move(new LogicalShard(shard), target);
            out.printf(
                    Locale.ROOT,
                    "logical shard %s moved from %s to %s; writers waited for %d ms%n",
                    moved.shard(),
                    moved.source(),
                    moved.target(),
                    moved.frozen().toMillis());
            out.flush();
        }
        return 0;
    }

    @Command(
            name = "abort",
            description = "Give up a move that has not switched: the shard stays where it is.",
            mixinStandardHelpOptions = true)
    int abort(@Parameters(paramLabel = "LOGICAL", description = "0 to 1023.") int shard) {
        try (Clusters clusters = clusters()) {
            mover(clusters, spec.commandLine().getOut()).abort(new LogicalShard(shard));
        }
        return 0;
    }

    private static ShardMover mover(Clusters clusters, PrintWriter out) {
        StepPrinter printer = new StepPrinter(out);
        return new ShardMover(new ContentDatabase(clusters, Map.of()), MessageIndex::step, GRACE, printer::print);
    }

    /** Says what is done, each of many steps of a kind once. */
    private static final class StepPrinter {

        private final PrintWriter out;
        private String last = "";

        private StepPrinter(PrintWriter out) {
            this.out = out;
        }

        private void print(String step) {
            if (!step.equals(last) && step.equals(step.toLowerCase(Locale.ROOT))) {
                last = step;
                out.printf("  %s%n", step);
                out.flush();
            }
        }
    }

    private Clusters clusters() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (!environment.containsKey(Setting.DATABASE_URL.variable())) {
            environment.putAll(RunningPostgres.environment(data == null ? Path.of(".parley") : data));
        }
        environment.put(Setting.DATABASE_POOL_SIZE.variable(), POOL);
        Settings settings = Settings.of(environment);
        AwsClients aws = AwsClients.withoutQueues();
        return ClusterSettings.open(
                settings,
                new DatabaseLogin(settings, new ConnectTokens(aws::credentials, aws::region, Clock.systemUTC())));
    }
}
