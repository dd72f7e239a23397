package dev.parley.infra.diff;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A comparison as text, stack by stack. Resources of one type to which the same happens share a line, since one change of code
 * changes hundreds of functions.
 *
 * @param changes all changes
 * @param violations those that would lose state
 */
public record DiffReport(List<Change> changes, List<Change> violations) {

    private static final int IDS = 3;

    public DiffReport {
        changes = List.copyOf(changes);
        violations = List.copyOf(violations);
    }

    /** As Markdown, which reads as plain text too. */
    public String markdown() {
        if (changes.isEmpty()) {
            return "No template changes.\n";
        }
        StringBuilder text = new StringBuilder();
        if (!violations.isEmpty()) {
            text.append("**State would be lost:**\n\n");
            violations.forEach(change -> text.append("- ")
                    .append(word(change))
                    .append(" `")
                    .append(change.id())
                    .append("` (")
                    .append(change.type())
                    .append(") ")
                    .append(String.join(", ", change.properties()))
                    .append('\n'));
            text.append('\n');
        }
        stacks().forEach((stack, lines) -> {
            text.append("### ").append(stack).append("\n\n");
            lines.forEach((line, ids) -> text.append("- ")
                    .append(line)
                    .append(ids.size() > 1 ? " × " + ids.size() : "")
                    .append(": ")
                    .append(String.join(", ", ids.subList(0, Math.min(IDS, ids.size()))))
                    .append(ids.size() > IDS ? ", …" : "")
                    .append('\n'));
            text.append('\n');
        });
        return text.toString();
    }

    private Map<String, Map<String, List<String>>> stacks() {
        Map<String, Map<String, List<String>>> stacks = new TreeMap<>();
        for (Change change : changes) {
            String line = word(change) + " " + change.type()
                    + (change.properties().isEmpty() ? "" : " (" + String.join(", ", change.properties()) + ")");
            stacks.computeIfAbsent(change.id().stack(), stack -> new TreeMap<>())
                    .merge(line, List.of(change.id().logicalId()), DiffReport::joined);
        }
        return stacks;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String word(Change change) {
        return change.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
