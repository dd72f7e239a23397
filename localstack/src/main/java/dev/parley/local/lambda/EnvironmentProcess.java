package dev.parley.local.lambda;

import dev.parley.catalog.FunctionSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The process of one environment. It ends with this process. Thread-safe. */
final class EnvironmentProcess {

    private final Environment environment;
    private final Process process;

    private EnvironmentProcess(Environment environment, Process process) {
        this.environment = environment;
        this.process = process;
    }

    /**
     * Starts a process with the real Lambda runtime client.
     *
     * @param runtimeApi host, port and path under which the process finds the environment's runtime API
     * @param variables the function's environment variables; those that Lambda sets come on top
     * @param library must stay until the process has begun to ask for events
     */
    static EnvironmentProcess start(
            Environment environment,
            String runtimeApi,
            Map<String, String> variables,
            RuntimeClientLibrary library,
            LineSink lines) {
        FunctionSpec function = environment.function();
        ProcessBuilder builder = new ProcessBuilder(command(function, library)).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().putAll(LambdaVariables.of(function, "snap-start", runtimeApi));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("No process could be started for function " + function.name(), e);
        }
        Thread.ofPlatform()
                .daemon()
                .name("output-" + function.name())
                .start(() -> forward(process, function.name(), lines));
        var _ = process.onExit()
                .thenAccept(ended -> environment.end("its process ended with status " + ended.exitValue()));
        return new EnvironmentProcess(environment, process);
    }

    Environment environment() {
        return environment;
    }

    EnvironmentState state() {
        return new EnvironmentState(
                process.pid(), environment.phases().stream().sorted().toList());
    }

    /** Ends the process, whatever it does. */
    void kill(String why) {
        environment.end(why);
        process.destroyForcibly();
    }

    private static List<String> command(FunctionSpec function, RuntimeClientLibrary library) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                library.option(),
                // Without it the hooks of org.crac are passed over silently.
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-cp",
                System.getProperty("java.class.path"),
                IsolatedMain.class.getName(),
                function.handler());
    }

    private static void forward(Process process, String function, LineSink lines) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            while (line != null) {
                lines.line(function, line);
                line = output.readLine();
            }
        } catch (IOException e) {
            lines.line(function, "The rest of the output is lost: " + e.getMessage());
        }
    }
}
