package dev.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** Commands that people copy from the pages work: those for one machine are run, the others must at least be ones. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");

    /** Where the pages have it. */
    private static final String DOCUMENTED_URL = "http://localhost:3000";

    /** {@code export NAME=... OTHER=...   # path, and path, of the answer}. */
    private static final Pattern FROM_ANSWER = Pattern.compile("export ((?:[A-Z]+=\\.\\.\\. *)+)# (.*) of the answer");

    private static LocalCloud cloud;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(LocalCloudOptions.ephemeral(), (_, _) -> {});
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"README.md", "docs/tutorial.md", "docs/how-to.md", "docs/command-line.md", "infra-cdk/README.md"
            })
    void everyUseOfTheCommandLineIsOne(String page) throws IOException {
        // When
        List<String> refused = new ArrayList<>();
        List<String> commands = Markdown.read(ROOT.resolve(page)).commands();
        for (String command : commands) {
            String[] arguments = command.substring("./parley ".length())
                    .strip()
                    .split("\\s*>|\\s+--\\s", 2)[0]
                    .split("\\s+");
            boolean help = Arrays.asList(arguments).contains("--help");
            try {
                if (!help && !arguments[0].equals("COMMAND")) {
                    WholeCommandLine.line().parseArgs(arguments);
                }
            } catch (ParameterException e) {
                // "./parley load" in a sentence is the command, and not a use of it.
                if (arguments.length > 1) {
                    refused.add(command + ": " + e.getMessage());
                }
            }
        }

        // Then
        assertThat(commands).isNotEmpty();
        assertThat(refused).isEmpty();
    }

    @Test
    void theReadmesConversationTakesPlace() throws Exception {
        // Given
        ObjectMapper mapper = new ObjectMapper();
        Map<String, String> variables = new HashMap<>();
        JsonNode answer = mapper.createObjectNode();
        int requests = 0;

        for (Markdown.Block block : Markdown.read(ROOT.resolve("README.md")).blocks()) {
            for (String line : block.body().replaceAll("\\\\\\R\\s*", "").split("\\R", -1)) {
                Matcher taken = FROM_ANSWER.matcher(line);
                if (taken.matches()) {
                    variables.putAll(taken(taken, answer));
                } else if (line.startsWith("curl ")) {
                    // When
                    Shell.Result result = new Shell(folder, variables)
                            .run(here(asSomebodyElse(line)).replaceFirst("curl ", "curl --fail-with-body "));

                    // Then
                    assertThat(result.code()).as(line + "\n" + result.output()).isZero();
                    answer = result.output().isBlank() ? mapper.createObjectNode() : mapper.readTree(result.output());
                    requests++;
                }
            }
        }
        assertThat(requests).isGreaterThanOrEqualTo(6);
        assertThat(variables).containsOnlyKeys("TOKEN", "GUILD", "CHANNEL", "APP");
    }

    /** Both pages register the same name, in one system here. */
    private static String asSomebodyElse(String line) {
        return line.replace("anna", "berta");
    }

    private static Map<String, String> taken(Matcher line, JsonNode answer) {
        String[] names = line.group(1).strip().split("=\\.\\.\\.\\s*");
        String[] paths = line.group(2).replace(",", "").split(" and ");
        assertThat(paths).hasSameSizeAs(names);
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            String pointer =
                    "/" + paths[i].strip().replaceAll("\\[(\\d+)]", ".$1").replace('.', '/');
            String value = answer.at(pointer).asText();
            assertThat(value).as(pointer + " of " + answer).isNotEmpty();
            values.put(names[i], value);
        }
        return values;
    }

    @Test
    void theTutorialsBotAnswers() throws Exception {
        // Given
        assumeTrue(new Shell(folder).run("command -v node && command -v npm").code() == 0, "Node.js is not installed");
        StringBuilder script = new StringBuilder("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
        for (Markdown.Block block :
                Markdown.read(ROOT.resolve("docs/tutorial.md")).blocks()) {
            switch (block.language()) {
                case "js" -> Files.writeString(folder.resolve("bot.mjs"), block.body());
                // The test has a system of its own.
                case "sh" -> script.append(block.body().startsWith("./parley up") ? "" : step(block));
                default -> throw new AssertionError("What is a block in " + block.language() + "?");
            }
        }

        // When
        Shell.Result result = new Shell(folder).run(here(script.toString()));

        // Then
        assertThat(result.code()).as(result.output()).isZero();
        assertThat(result.output()).endsWith("The kettle is on.\n");
    }

    /** The note before a block says what a reader would wait for. */
    private static String step(Markdown.Block block) {
        String[] note = block.note().split(": ", 2);
        return switch (note[0]) {
            case "" -> block.body();
            case "runs until" -> """
                    ( %s ) > running.log 2>&1 &
                    for _ in $(seq 150); do grep -q '%s' running.log && break; sleep 0.2; done
                    grep -q '%s' running.log || { cat running.log; exit 1; }
                    """.formatted(block.body().strip(), note[1], note[1]);
            case "prints" -> """
                    for _ in $(seq 50); do printed=$( %s ); [ "$printed" = '%s' ] && break; sleep 0.2; done
                    echo "$printed"
                    [ "$printed" = '%s' ]
                    """.formatted(block.body().strip(), note[1], note[1]);
            default -> throw new AssertionError("What is the note " + block.note() + "?");
        };
    }

    private static String here(String commands) {
        assertThat(commands).contains(DOCUMENTED_URL);
        return commands.replace(DOCUMENTED_URL, cloud.baseUrl());
    }
}
