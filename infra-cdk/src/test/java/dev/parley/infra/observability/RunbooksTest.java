package dev.parley.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.Functions;
import dev.parley.infra.Naming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbooks are one page for each alert, and name only what there is. */
class RunbooksTest {

    private static final Path DIRECTORY = Path.of("..", "docs", "runbooks");
    private static final String INDEX = "README.md";
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern LINK = Pattern.compile("]\\(([a-z0-9-]+\\.md)\\)");
    private static final Pattern QUERY = Pattern.compile("`Parley/([a-z-]+)`");
    private static final Pattern FUNCTION = Pattern.compile("--function-name Parley-(\\w+)");

    @Test
    void everyAlertHasItsPageAndEveryPageAnAlert() throws IOException {
        Set<String> alerts = Alerts.all().stream()
                .map(rule -> rule.runbook() + ".md")
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(pages()).isEqualTo(alerts);
    }

    @Test
    void everyPageSaysWhatItMeansWhereToLookWhatToDoAndWhenItIsNothing() throws IOException {
        for (String page : pages()) {
            assertThat(matches(HEADING, read(page)))
                    .as(page)
                    .containsExactly("What it means", "Look here", "Do this", "False alarm");
        }
    }

    @Test
    void everyPageIsNamedAsItsAlert() throws IOException {
        for (AlertRule rule : Alerts.all()) {
            assertThat(read(rule.runbook() + ".md")).startsWith("# " + rule.name() + "\n");
        }
    }

    @Test
    void theIndexListsEveryRowWithItsThresholds() throws IOException {
        List<String> rows = read(INDEX)
                .lines()
                .filter(line -> line.startsWith("| ") && line.contains(".md)"))
                .toList();
        for (AlertRule rule : Alerts.all()) {
            String threshold = String.format(Locale.ROOT, "%.0f", rule.threshold());
            assertThat(rows)
                    .filteredOn(row -> row.startsWith("| " + rule.name() + " |"))
                    .as(rule.id())
                    .hasSize(1)
                    .allSatisfy(row -> assertThat(row)
                            .contains(rule.service().title(), "(" + rule.runbook() + ".md)")
                            .containsPattern("[<>] " + threshold + "\\b"));
        }
        assertThat(rows)
                .hasSameSizeAs(Alerts.all().stream().map(AlertRule::name).collect(Collectors.toSet()));
    }

    @Test
    void everyLinkQueryAndFunctionThatIsNamedExists() throws IOException {
        Set<String> queries =
                Stream.of(SavedQuery.values()).map(SavedQuery::title).collect(Collectors.toSet());
        Set<String> functions = Functions.all().stream()
                .map(function -> new Naming("").function(function).substring(1))
                .collect(Collectors.toSet());
        Set<String> all = pages();
        for (String page : Stream.concat(all.stream(), Stream.of(INDEX)).toList()) {
            String text = read(page);
            assertThat(all).as(page).containsAll(matches(LINK, text));
            assertThat(queries).as(page).containsAll(matches(QUERY, text));
            assertThat(functions).as(page).containsAll(matches(FUNCTION, text));
        }
    }

    @Test
    void theIndexListsEverySavedQuery() throws IOException {
        String index = read(INDEX);
        Stream.of(SavedQuery.values()).forEach(query -> assertThat(index).contains("`" + query.title() + "`"));
    }

    private static Set<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(INDEX))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String read(String page) throws IOException {
        return Files.readString(DIRECTORY.resolve(page));
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
