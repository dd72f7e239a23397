package dev.parley.infra.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.infra.assembly.CloudAssembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** cfn-lint, AWS's own linter of templates, finds nothing in any template of any phase. */
@ExtendWith(PhaseAssemblies.class)
class CfnLintTest {

    /** A DependsOn that a reference implies already. The CDK writes those; they change nothing. */
    private static final String REDUNDANT_DEPENDENCY = "W3005";

    @TempDir
    private Path directory;

    @Test
    void findsNothing(PhaseAssemblies.Assemblies assemblies) throws IOException, InterruptedException {
        // Given
        String program = System.getenv().getOrDefault("PARLEY_CFN_LINT", "cfn-lint");
        assumeTrue(isInstalled(program), "cfn-lint is not installed (pip install cfn-lint)");
        Map<String, String> templates = new TreeMap<>();
        for (CloudAssembly assembly : assemblies.byPhase().values()) {
            try (Stream<Path> files = Files.list(assembly.directory())) {
                for (Path file : files.filter(file -> file.toString().endsWith(".template.json"))
                        .toList()) {
                    // Many are the same in several phases.
                    templates.put(Files.readString(file), file.toString());
                }
            }
        }

        // When
        List<Lint> runs = lint(program, List.copyOf(templates.values()));

        // Then
        assertThat(templates).isNotEmpty();
        for (Lint run : runs) {
            assertThat(await(run.process(), 20)).isZero();
            assertThat(Files.readString(run.report())).isEmpty();
        }
    }

    private record Lint(Process process, Path report) {}

    /** One process for each processor, since it takes some minutes and uses one only. */
    private List<Lint> lint(String program, List<String> files) throws IOException {
        int processes = Runtime.getRuntime().availableProcessors();
        List<Lint> runs = new ArrayList<>();
        for (int part = 0; part < processes && part < files.size(); part++) {
            List<String> command = new ArrayList<>(List.of(
                    program,
                    "--format",
                    "parseable",
                    "--regions",
                    "us-east-1",
                    "--ignore-checks",
                    REDUNDANT_DEPENDENCY));
            command.add("--");
            for (int i = part; i < files.size(); i += processes) {
                command.add(files.get(i));
            }
            Path report = directory.resolve("report" + part);
            runs.add(new Lint(start(command, report), report));
        }
        return runs;
    }

    private boolean isInstalled(String program) throws IOException, InterruptedException {
        Path output = directory.resolve("version");
        try {
            return await(start(List.of(program, "--version"), output), 1) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process start(List<String> command, Path output) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static int await(Process process, int minutes) throws InterruptedException {
        try {
            assertThat(process.waitFor(minutes, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
