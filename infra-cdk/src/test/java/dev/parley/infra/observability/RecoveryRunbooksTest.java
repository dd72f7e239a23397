package dev.parley.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Functions;
import dev.parley.infra.Naming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of recovery are complete, and name only what there is. */
class RecoveryRunbooksTest {

    private static final Path DIRECTORY = Path.of("..", "docs", "runbooks", "recovery");
    private static final Pattern LINK = Pattern.compile("]\\(([a-z./-]+\\.md)[^)]*\\)");
    private static final Pattern SCRIPT = Pattern.compile("scripts/[a-z.-]+[a-z]");
    private static final Pattern FUNCTION = Pattern.compile("--function-name Parley-(\\w+)");

    @Test
    void thereIsAPageForEachLoss() throws IOException {
        assertThat(pages().stream().map(page -> page.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "restore-database.md", "failover-database.md", "cache-loss.md", "region-loss.md");
    }

    @Test
    void everyPageHasStepsAndSaysWhatToWriteDown() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .startsWith("# ")
                    .contains("\n1. ")
                    .contains("\n## Afterwards\n");
        }
    }

    @Test
    void everyLinkScriptAndFunctionThatIsNamedExists() throws IOException {
        Set<String> functions = Functions.all().stream()
                .map(function -> new Naming("").function(function).substring(1))
                .collect(Collectors.toSet());
        for (Path page : pages()) {
            String text = Files.readString(page);
            assertThat(matches(LINK, text)).as(page.toString()).allMatch(link -> Files.exists(DIRECTORY.resolve(link)));
            assertThat(matches(SCRIPT, text))
                    .as(page.toString())
                    .allMatch(script -> Files.exists(Path.of("..").resolve(script)));
            assertThat(functions).as(page.toString()).containsAll(matches(FUNCTION, text));
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().toList();
        }
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.groupCount() == 0 ? match.group() : match.group(1))
                .toList();
    }
}
