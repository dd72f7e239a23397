package dev.parley.local.command;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a k6 script against a running system. */
@Command(
        name = "load",
        description = "Run a k6 script against a running system, as k6 would run it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./parley load load-test.js -- --stage 1m:100,1m:100,10s:0"})
final class LoadCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The script.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path script;

    @Parameters(index = "1..*", paramLabel = "K6-OPTION", description = "Options for k6, after --.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:3000",
            showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS,
            description = "Where the system is; the script gets it as BASE_URL, and WS_URL beside it.")
    private String url = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(script)) {
            throw new ParameterException(spec.commandLine(), "There is no script at " + script);
        }
        PrintWriter err = spec.commandLine().getErr();
        Path k6 = find("k6");
        if (k6 == null) {
            err.println("k6 is not installed. It is a Go module; with Go:");
            err.println("  go install go.k6.io/k6@latest");
            err.println("which puts it into $(go env GOPATH)/bin. Other ways: https://grafana.com/docs/k6");
            return 127;
        }
        List<String> command = new ArrayList<>(List.of(k6.toString(), "run"));
        command.addAll(options);
        command.add(script.toString());
        ProcessBuilder run = new ProcessBuilder(command).inheritIO();
        run.environment().put("BASE_URL", url);
        run.environment().put("WS_URL", url.replaceFirst("^http", "ws") + "/gateway");
        return run.start().waitFor();
    }

    private static @Nullable Path find(String program) {
        List<String> folders = new ArrayList<>();
        ProcessBuilder environment = new ProcessBuilder();
        String path = environment.environment().get("PATH");
        if (path != null) {
            folders.addAll(List.of(path.split(File.pathSeparator, -1)));
        }
        folders.add(System.getProperty("user.home") + "/go/bin");
        for (String folder : folders) {
            Path candidate = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
