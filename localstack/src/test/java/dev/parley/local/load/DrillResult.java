package dev.parley.local.load;

import java.nio.file.Path;

/**
 * What a drill found.
 *
 * @param data where data and logs are, if there are violations; deleted otherwise
 */
record DrillResult(Report report, Violations violations, Path data) {

    boolean passed() {
        return violations.total() == 0;
    }

    /** The table, and what went wrong in words. */
    @Override
    public String toString() {
        if (passed()) {
            return report.toString();
        }
        StringBuilder text = new StringBuilder(report.toString());
        text.append("\nFAILED with ").append(violations.total()).append(" violations; the first of them:\n");
        violations.words().forEach(words -> text.append("  ").append(words).append('\n'));
        text.append("Data and logs: ").append(data).append('\n');
        return text.toString();
    }
}
