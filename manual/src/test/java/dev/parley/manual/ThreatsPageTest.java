package dev.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/threats.md} says is tested is tested: each test that it names is there. */
class ThreatsPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z.]+)#([^`]+)`");
    private static final Pattern ROW = Pattern.compile("^\\| (?!threat )[^-].*$", Pattern.MULTILINE);

    @Test
    void everyThreatNamesATestAndEveryTestIsThere() throws IOException {
        // Given
        String page = Files.readString(ROOT.resolve("docs/threats.md"));
        Map<String, Path> tests = tests();

        // When
        List<String> rows = ROW.matcher(page).results().map(MatchResult::group).toList();
        List<String> missing = NAMED.matcher(page)
                .results()
                .filter(named -> !isThere(tests, named.group(1), named.group(2)))
                .map(MatchResult::group)
                .toList();

        // Then
        assertThat(rows)
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(row).containsPattern(NAMED));
        assertThat(missing)
                .as("tests that docs/threats.md names and that are not there")
                .isEmpty();
    }

    @Test
    void aTestThatIsNotThereIsNoticed() throws IOException {
        assertThat(isThere(tests(), "ThreatsPageTest", "aTestThatIsNotThereIsNoticed"))
                .isTrue();
        assertThat(isThere(tests(), "ThreatsPageTest", "everyThreat")).isFalse();
        assertThat(isThere(tests(), "NoSuchTest", "anything")).isFalse();
    }

    private static boolean isThere(Map<String, Path> tests, String file, String test) {
        Path path = tests.get(file);
        if (path == null) {
            return false;
        }
        try {
            String text = Files.readString(path);
            // A test, or one of the rules that two implementations are held to by a test each.
            return text.contains("void " + test + "(") || text.contains("test('" + test + "'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Java files by the name of their class, others by their own. */
    private static Map<String, Path> tests() throws IOException {
        List<Path> folders = Stream.concat(
                        Stream.of("shared", "functions", "infra-cdk", "localstack", "manual")
                                .map(module -> ROOT.resolve(module).resolve("src/test/java")),
                        Stream.of(ROOT.resolve("web/test")))
                .toList();
        Map<String, Path> tests = new HashMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
                tests.putAll(files.filter(Files::isRegularFile)
                        .collect(Collectors.toMap(
                                file -> file.getFileName().toString().replace(".java", ""),
                                file -> file,
                                (one, _) -> one)));
            }
        }
        return tests;
    }
}
