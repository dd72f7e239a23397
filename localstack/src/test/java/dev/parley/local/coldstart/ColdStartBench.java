package dev.parley.local.coldstart;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.local.command.ErrorLine;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long functions take until they answer for the first time, with and without a snapshot, beside one that says hello. */
@Command(
        name = "coldstart",
        mixinStandardHelpOptions = true,
        description = "Start functions in fresh processes with AWS's runtime client, and measure what that takes.")
final class ColdStartBench implements Callable<Integer> {

    private static final List<String> DEFAULT =
            List.of("CreateMessage", "ListMessages", "Heartbeat", "Identify", "Fanout");

    private static final int MOST_ROUNDS = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds, 1 to 100; in each every function starts twice. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(
            names = "--functions",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Functions, comma-separated, by their names in the catalog. Default: CreateMessage,ListMessages,"
                            + "Heartbeat,Identify,Fanout, which are those that are given events here.")
    private List<String> functions = DEFAULT;

    @Option(names = "--all", description = "All functions of the catalog: ten minutes a round on two processors.")
    private boolean all;

    @Option(names = "--late", description = "Name the classes that are loaded after the snapshot.")
    private boolean late;

    @Option(names = "--package", paramLabel = "ZIP", description = "The package. Default: ${DEFAULT-VALUE}.")
    private Path zip = Path.of("functions", "target", "parley-functions.zip");

    @Option(names = "--json", description = "Print one JSON object in place of the tables.")
    private boolean json;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ColdStartBench())
                .setExecutionExceptionHandler(new ErrorLine())
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new ParameterException(spec.commandLine(), "--rounds is 1 to " + MOST_ROUNDS + ", not " + rounds);
        }
        List<FunctionSpec> measured = measured();
        if (!Files.isRegularFile(zip)) {
            throw new ParameterException(spec.commandLine(), "There is no package at " + zip);
        }
        Path folder = Files.createTempDirectory("parley-coldstart");
        double before = load();
        TaskFolder parley = TaskFolder.ofPackage(zip, folder.resolve("task"));
        ColdStartReport report;
        try (ColdStarts starts =
                new ColdStarts(parley, folder, spec.commandLine().getErr()::println)) {
            report = new ColdStartReport(parley, starts.measure(measured, rounds), rounds, before, load(), late);
        }
        // What the processes said is kept if something went wrong before.
        delete(folder);
        spec.commandLine().getOut().print(json ? Json.text(report.json()) + "\n" : report.text());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private List<FunctionSpec> measured() {
        List<FunctionSpec> catalog = Functions.all();
        List<FunctionSpec> chosen = new ArrayList<>(List.of(ColdStarts.HELLO, ColdStarts.HELLO_BYTES));
        if (all) {
            chosen.addAll(catalog);
            return chosen;
        }
        for (String name : functions) {
            chosen.add(catalog.stream()
                    .filter(function -> function.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "There is no function " + name + " in the catalog; names are as in CreateMessage")));
        }
        return chosen;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
