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
import org.junit.jupiter.api.io.TempDir;

/** cfn-lint, AWS's own linter of templates, finds nothing in any template of any phase. */
class CfnLintTest {

    /** A DependsOn that a reference implies already. The CDK writes those; they change nothing. */
    private static final String REDUNDANT_DEPENDENCY = "W3005";

    @TempDir
    private Path directory;

    @Test
    void findsNothing() throws IOException, InterruptedException {
        // Given
        String program = System.getenv().getOrDefault("PARLEY_CFN_LINT", "cfn-lint");
        assumeTrue(isInstalled(program), "cfn-lint is not installed (pip install cfn-lint)");
        Map<String, String> templates = new TreeMap<>();
        for (CloudAssembly assembly : PhaseAssemblies.in(directory).values()) {
            try (Stream<Path> files = Files.list(assembly.directory())) {
                for (Path file : files.filter(file -> file.toString().endsWith(".template.json"))
                        .toList()) {
                    // Many are the same in several phases.
                    templates.put(Files.readString(file), file.toString());
                }
            }
        }

        // When
        Path report = directory.resolve("report");
        List<String> command = new ArrayList<>(List.of(
                program, "--format", "parseable", "--regions", "us-east-1", "--ignore-checks", REDUNDANT_DEPENDENCY));
        command.add("--");
        command.addAll(templates.values());
        int code = run(command, report, 20);

        // Then
        assertThat(templates).isNotEmpty();
        assertThat(Files.readString(report)).isEmpty();
        assertThat(code).isZero();
    }

    private boolean isInstalled(String program) throws IOException, InterruptedException {
        Path output = directory.resolve("version");
        try {
            return run(List.of(program, "--version"), output, 1) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(List<String> command, Path output, int minutes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(minutes, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
