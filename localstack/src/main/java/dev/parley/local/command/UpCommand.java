package dev.parley.local.command;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import dev.parley.local.StartProgress;
import dev.parley.local.demo.Demo;
import dev.parley.local.demo.DemoException;
import dev.parley.local.store.LocalDatabaseOptions;
import dev.parley.settings.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the whole system and keeps it until it is told to stop. */
@Command(
        name = "up",
        description = "Start the whole system on this machine. Ctrl-C stops it.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class UpCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "3000", description = "Port to listen on.")
    private int port;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Address to listen on.")
    private String host = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder that keeps users and messages (default: .parley).",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private @Nullable Path data;

    @Option(names = "--ephemeral", description = "Keep nothing.")
    private boolean ephemeral;

    @Option(names = "--isolated", description = "Run each function in a JVM of its own, with AWS's runtime client.")
    private boolean isolated;

    @Option(
            names = "--database-clusters",
            paramLabel = "N",
            defaultValue = "1",
            description = "Database clusters, 1 to 4; ./parley shards moves content between them.")
    private int databaseClusters;

    @Option(
            names = "--gateways",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Processes that hold clients' connections, 1 to 8. With more than one each is a process of its own,"
                            + " with open files of its own, on the ports after PORT.")
    private int gateways;

    @Option(
            names = "--faults",
            description = "Let anybody make things go wrong at /_parley/faults; docs/faults.md says what.")
    private boolean faults;

    @Option(
            names = "--pooler",
            description =
                    "Reach PostgreSQL through PgBouncer, which must be installed, as a deployment does through RDS"
                            + " Proxy.")
    private boolean pooler;

    @Option(
            names = "--demo",
            description = "Fill it with a guild, people, a conversation, and a bot that talks (which needs Node).")
    private boolean demo;

    @Option(
            names = "--replica",
            description = "Start a streaming replica of PostgreSQL, and read from it what may be some seconds old.")
    private boolean replica;

    @Option(
            names = "--no-relay",
            description = "Refuse messages with more than about 4.5 MB of files in one request, as a deployment does;"
                    + " docs/adr/0007-uploads.md says why.")
    private boolean noRelay;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting that differs, for example PARLEY_HEARTBEAT_INTERVAL=30s. Can be given several times.",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "INFO",
            description = "Level of the log in DIR/log: ERROR, WARN, INFO or DEBUG.")
    private String logLevel = "";

    @Override
    public Integer call() throws InterruptedException {
        if (ephemeral && data != null) {
            throw new ParameterException(spec.commandLine(), "--data and --ephemeral exclude each other");
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535");
        }
        if (databaseClusters < 1 || databaseClusters > 4) {
            throw new ParameterException(spec.commandLine(), "--database-clusters must be 1 to 4");
        }
        if (gateways < 1 || gateways > 8) {
            throw new ParameterException(spec.commandLine(), "--gateways must be 1 to 8");
        }
        if (gateways > 1 && (isolated || faults)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--gateways goes with neither --isolated nor --faults, which are for one process");
        }
        if (gateways > 1 && port + gateways > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "--gateways takes the ports after --port, and there are none after 65535");
        }
        Set<String> known =
                Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
        for (String name : settings.keySet()) {
            if (!known.contains(name)) {
                throw new ParameterException(spec.commandLine(), "There is no setting " + name);
            }
        }
        if (demo && !Set.of("127.0.0.1", "::1", "localhost").contains(host)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--demo is for this machine alone, since its passwords are known: leave out --host");
        }
        System.setProperty("parley.log.level", logLevel);
        PrintWriter out = spec.commandLine().getOut();
        Path folder = ephemeral ? null : (data == null ? Path.of(".parley") : data);
        CountDownLatch stopped = new CountDownLatch(1);
        LocalCloud cloud = LocalCloud.start(
                LocalCloudOptions.ephemeral()
                        .withListener(host, port)
                        .withData(folder)
                        .withIsolated(isolated)
                        .withSettings(settings)
                        .withRelay(!noRelay)
                        .withDatabase(database())
                        .withFaults(faults)
                        .withDatabaseClusters(databaseClusters)
                        .withGateways(gateways),
                new Lines(out));
        AtomicReference<@Nullable Demo> shown = new AtomicReference<>();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            Demo running = shown.get();
            if (running != null) {
                running.close();
            }
            cloud.close();
            stopped.countDown();
        }));
        if (folder != null) {
            out.printf("  data and logs in %s%n", folder);
        }
        out.printf("parley is ready: %s gateway %s%n", cloud.baseUrl(), cloud.gatewayUrl());
        out.flush();
        if (demo) {
            showDemo(cloud, out, shown);
        }
        stopped.await();
        return 0;
    }

    /** The system stays up whatever becomes of the demo. */
    private static void showDemo(LocalCloud cloud, PrintWriter out, AtomicReference<@Nullable Demo> shown) {
        try {
            shown.set(Demo.start(cloud.baseUrl(), Path.of("examples"), out));
        } catch (DemoException e) {
            out.println("  " + e.getMessage());
        }
        out.flush();
    }

    private LocalDatabaseOptions database() {
        LocalDatabaseOptions options = LocalDatabaseOptions.direct().withPooler(pooler);
        return replica ? options.withReplica(Duration.ZERO) : options;
    }

    /** Shows what the start does, and what happens later. */
    private record Lines(PrintWriter out) implements StartProgress {

        @Override
        public void done(String step, Duration took) {
            out.printf(Locale.ROOT, "  %-20s %5.1f s%n", step, seconds(took));
        }

        @Override
        public void happened(String line) {
            out.println("  " + line);
            out.flush();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
