package dev.parley.local.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.InstalledPrograms;
import dev.parley.local.bill.Bill;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs a scenario, which is a k6 script, against a running system. The exit code is k6's: 0 if all thresholds were met, 99 if
 * not (Grafana k6, "Exit codes"); of several processes, the first that is not 0.
 */
@Command(
        name = "load",
        description =
                "Put a running system under load with k6, write a report, and say what the run would have cost in the cloud.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./parley load                           # what scenarios there are",
            "  ./parley load normal --short            # the same shape, for two cores and some minutes",
            "  ./parley load my-test.js -- --vus 10 --duration 1m"
        })
final class LoadCommand implements Callable<Integer> {

    private static final Path SCENARIOS = Path.of("load-tests", "scenarios");
    private static final String EXTENSION = ".js";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /** How much time one point of a plot covers: a report needs some points of a run of seconds, too. */
    private static final String PERIOD = "2s";

    /** Exit code for a command that is not there, as a shell has it. */
    private static final int NOT_FOUND = 127;

    /** Each process connects from an address of its own, since an address has no more than some 28,000 free ports. */
    private static final int FIRST_ADDRESS = 11;

    private static final int MOST_PROCESSES = 64;

    /** Runs what follows with its output beside its errors, which a process builder cannot. */
    private static final List<String> TO_STANDARD_ERROR = List.of("/bin/sh", "-c", "exec \"$0\" \"$@\" >&2");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A scenario of load-tests/scenarios, or a script of your own.")
    private @Nullable String name;

    @Parameters(index = "1..*", paramLabel = "K6-OPTION", description = "Options for k6, after --.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:3000",
            showDefaultValue = Visibility.ALWAYS,
            description = "Where the system is; the script gets it as BASE_URL.")
    private String url = "";

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            split = ",",
            description =
                    "Where its gateway is, or its gateways are; the script gets them as WS_URL (default: what the system"
                            + " answers to GET /gateway/bot, asked by each session).")
    private List<String> gateways = new ArrayList<>();

    @Option(names = "--short", description = "The scenario's short form: the same shape, smaller.")
    private boolean shortForm;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "1",
            showDefaultValue = Visibility.ALWAYS,
            description =
                    "Divide the clients among so many processes, each of which can have some 18,000 connections if"
                            + " it may have 20,000 open files.")
    private int processes;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "load-tests/reports",
            showDefaultValue = Visibility.ALWAYS,
            description = "Where the reports go: one page with plots for each process.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path reports;

    @Option(names = "--json", description = "Print what came of it as JSON; what k6 prints goes to standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (name == null) {
            return list();
        }
        if (processes < 1 || processes > MOST_PROCESSES) {
            throw new ParameterException(spec.commandLine(), "--processes must be 1 to " + MOST_PROCESSES);
        }
        Path script = script(name);
        PrintWriter err = spec.commandLine().getErr();
        Path k6 = InstalledPrograms.ofUser().find("k6").orElse(null);
        if (k6 == null) {
            err.println("k6 is not installed. It is a Go module; with Go:");
            err.println("  go install go.k6.io/k6@latest");
            err.println("which puts it into $(go env GOPATH)/bin. Other ways: https://grafana.com/docs/k6");
            return NOT_FOUND;
        }
        Files.createDirectories(reports);
        String title = title(script) + (shortForm ? "-short" : "") + "-"
                + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
        List<Part> parts = new ArrayList<>();
        for (int part = 0; part < processes; part++) {
            String file = processes == 1 ? title : title + "-" + (part + 1);
            parts.add(new Part(
                    part,
                    reports.resolve(file + ".html"),
                    reports.resolve(file + ".json"),
                    reports.resolve(file + ".log")));
        }
        try (RunCost cost = RunCost.begin(url)) {
            int code = run(k6, script, parts);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.text(result(script, code, parts, cost.sum())));
            } else {
                parts.stream()
                        .filter(part -> Files.isRegularFile(part.page()))
                        .forEach(part -> out.println("report: " + part.page()));
                out.println(cost.sum().line());
            }
            out.flush();
            return code;
        }
    }

    /**
     * One of the processes.
     *
     * @param page with plots
     * @param summary all numbers, as k6 writes them
     * @param log what it printed, of those whose progress is not shown
     */
    private record Part(int index, Path page, Path summary, Path log) {}

    private int run(Path k6, Path script, List<Part> parts) throws IOException, InterruptedException {
        List<Process> running = new ArrayList<>();
        try {
            for (Part part : parts) {
                ProcessBuilder process = process(k6, script, part);
                if (part.index() == 0) {
                    process.inheritIO(); // shows the progress of all, since all do the same
                } else {
                    process.redirectErrorStream(true).redirectOutput(part.log().toFile());
                }
                running.add(process.start());
            }
            int code = 0;
            for (Process process : running) {
                int ended = process.waitFor();
                code = code == 0 ? ended : code;
            }
            return code;
        } finally {
            running.forEach(Process::destroy);
        }
    }

    private ObjectNode result(Path script, int code, List<Part> parts, RunCost.Sum cost) throws IOException {
        ObjectNode result = Json.object()
                .put("scenario", title(script))
                .put("short", shortForm)
                .put("url", url)
                .put("exit_code", code);
        ArrayNode processes = result.putArray("processes");
        for (Part part : parts) {
            ObjectNode process = processes.addObject();
            if (Files.isRegularFile(part.page())) {
                process.put("report", part.page().toString());
            }
            if (Files.isRegularFile(part.summary())) {
                process.set(
                        "metrics", Json.parse(Files.readString(part.summary())).path("metrics"));
            }
        }
        Bill bill = cost.bill();
        if (bill != null) {
            result.set("cost", ((ObjectNode) Json.tree(bill)).put("usd", bill.total()));
        }
        return result;
    }

    private ProcessBuilder process(Path k6, Path script, Part part) {
        List<String> command = new ArrayList<>();
        if (json) {
            command.addAll(TO_STANDARD_ERROR);
        }
        command.addAll(
                List.of(k6.toString(), "run", "--summary-export", part.summary().toString()));
        if (processes > 1) {
            command.add("--local-ips=127.0.0." + (FIRST_ADDRESS + part.index()));
        }
        command.addAll(options);
        command.add(script.toString());
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("BASE_URL", url);
        if (!gateways.isEmpty()) {
            process.environment().put("WS_URL", String.join(",", gateways));
        }
        process.environment().put("PARTS", Integer.toString(processes));
        if (shortForm) {
            process.environment().put("SHORT", "1");
        }
        process.environment().put("K6_WEB_DASHBOARD", "true");
        process.environment().put("K6_WEB_DASHBOARD_PORT", "-1"); // the page at the end, no server meanwhile
        process.environment().put("K6_WEB_DASHBOARD_PERIOD", PERIOD);
        process.environment().put("K6_WEB_DASHBOARD_EXPORT", part.page().toString());
        return process;
    }

    private Path script(String given) {
        Path named = SCENARIOS.resolve(given + EXTENSION);
        if (Files.isRegularFile(named)) {
            return named;
        }
        Path file = Path.of(given);
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no scenario and no script " + given + "; ./parley load shows the scenarios");
        }
        return file;
    }

    /** The first line of a scenario is a comment that says what it is. */
    private int list() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            for (Path file : files.filter(file -> file.toString().endsWith(EXTENSION))
                    .sorted()
                    .toList()) {
                out.printf("  %-14s %s%n", title(file), firstLine(file).replaceFirst("^//\\s*", ""));
            }
        }
        out.flush();
        return 0;
    }

    private static String firstLine(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        }
    }

    private static String title(Path script) {
        String file = String.valueOf(script.getFileName());
        return file.endsWith(EXTENSION) ? file.substring(0, file.length() - EXTENSION.length()) : file;
    }
}
