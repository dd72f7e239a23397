package dev.parley.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of a migration, without comments and strings, each with the reason that stands before it, if one does. */
final class SqlStatements {

    /** A comment before a statement that says why it may break a rule. */
    private static final Pattern ACCEPTED = Pattern.compile("^--\\s*safe:\\s*(\\S.*)$", Pattern.CASE_INSENSITIVE);

    private static final Pattern DOLLAR = Pattern.compile("\\$[A-Za-z_]*\\$");

    /**
     * One statement.
     *
     * @param text in lower case, with single spaces; strings and bodies of functions are empty
     * @param accepted why it may break a rule; empty when nothing is said
     */
    record Statement(String text, String accepted) {}

    private SqlStatements() {}

    static List<Statement> of(String sql) {
        List<Statement> statements = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String accepted = "";
        int i = 0;
        while (i < sql.length()) {
            Matcher dollar = DOLLAR.matcher(sql).region(i, sql.length());
            if (sql.startsWith("--", i)) {
                int end = endOf(sql, "\n", i);
                Matcher reason = ACCEPTED.matcher(sql.substring(i, end).strip());
                accepted = reason.matches() ? reason.group(1) : accepted;
                i = end;
            } else if (sql.startsWith("/*", i)) {
                i = endOf(sql, "*/", i + 2);
                text.append(' ');
            } else if (sql.charAt(i) == '\'') {
                i = endOf(sql, "'", i + 1);
                text.append("''");
            } else if (dollar.lookingAt()) {
                i = endOf(sql, dollar.group(), dollar.end());
                text.append("''");
            } else if (sql.charAt(i) == ';') {
                add(statements, text, accepted);
                accepted = "";
                i++;
            } else {
                text.append(sql.charAt(i));
                i++;
            }
        }
        add(statements, text, accepted);
        return statements;
    }

    private static int endOf(String sql, String end, int from) {
        int found = sql.indexOf(end, from);
        return found < 0 ? sql.length() : found + end.length();
    }

    private static void add(List<Statement> statements, StringBuilder text, String accepted) {
        String words = text.toString().replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
        if (!words.isEmpty()) {
            statements.add(new Statement(words, accepted));
        }
        text.setLength(0);
    }
}
