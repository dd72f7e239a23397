package dev.parley.infra.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CDK command line that {@code infra-cdk/package.json} pins. It is given assemblies that are already synthesized, so it
 * neither builds nor starts the app again.
 */
final class CdkCli {

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * A command line.
     *
     * @param folder where {@code package.json} is
     * @param environment variables that it gets besides those of this process; an empty value takes one away
     */
    CdkCli(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Makes sure that it is installed, in the pinned version.
     *
     * @throws CommandException if npm is not there, or cannot install it
     */
    void install() throws InterruptedException {
        String wanted = version(folder.resolve("package.json"), "devDependencies", "aws-cdk");
        Path installed = folder.resolve(Path.of("node_modules", "aws-cdk", "package.json"));
        if (Files.exists(installed) && version(installed, "version").equals(wanted)) {
            return;
        }
        System.err.println(
                "parley: installing the CDK command line " + wanted + " into " + folder.resolve("node_modules"));
        int code = run(List.of("npm", "ci", "--no-audit", "--no-fund", "--silent"), folder);
        if (code != 0) {
            throw new CommandException(
                    "npm could not install it (exit code " + code + "). Run: npm ci --prefix " + folder);
        }
    }

    /**
     * Runs it, with this process's terminal.
     *
     * @return its exit code
     */
    int run(List<String> arguments) throws InterruptedException {
        Path program =
                folder.resolve(Path.of("node_modules", "aws-cdk", "bin", "cdk")).toAbsolutePath();
        List<String> command = new ArrayList<>(List.of("node", program.toString()));
        command.addAll(arguments);
        // Away from cdk.json, whose build and app are for those who call cdk themselves.
        return run(command, folder.resolve("target"));
    }

    private int run(List<String> command, Path directory) throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
        new HashMap<>(environment).forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new CommandException(
                    command.getFirst()
                            + " cannot be started. Install Node.js 22 or newer (https://nodejs.org), which has it.",
                    e);
        }
    }

    private static String version(Path file, String... keys) {
        File json = file.toFile();
        try {
            JsonNode node = new ObjectMapper().readTree(json);
            for (String key : keys) {
                node = node.path(key);
            }
            return node.asText();
        } catch (IOException e) {
            throw new CommandException("Cannot read " + json + ": " + e.getMessage(), e);
        }
    }
}
