package dev.parley.migrations;

import dev.parley.migrations.SqlStatements.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration may do while the release before it runs: add, and never take away or hold writers up. Tables that the
 * same set of migrations makes are nobody's yet, and free. A statement after a comment {@code -- safe: REASON} is let
 * through; that is how what is no longer used is taken away a release later. Not thread-safe.
 */
final class ExpandRules {

    private static final String NAME = "(?:only )?(?:public\\.)?\"?([a-z_0-9]+)\"?";
    private static final Pattern CREATE_TABLE = Pattern.compile("^create table (?:if not exists )?" + NAME);
    private static final Pattern ALTER_TABLE = Pattern.compile("^alter table (?:if exists )?" + NAME + " (.*)$");
    private static final Pattern CREATE_INDEX =
            Pattern.compile("^create (?:unique )?index (concurrently )?(?:.*?)\\bon " + NAME);
    private static final Pattern CHANGES_ROWS = Pattern.compile(
            "^(?:update|delete from|truncate(?: table)?|lock(?: table)?|cluster|vacuum(?: full)?) " + NAME);
    private static final Pattern TAKES_AWAY = Pattern.compile(
            "^drop (table|view|materialized view|function|trigger|type|sequence|schema|policy|role)\\b");

    private static final Pattern VOLATILE =
            Pattern.compile("default (?:random|clock_timestamp|gen_random_uuid|nextval|timeofday)\\b");

    private final Set<String> made = new HashSet<>();

    /**
     * What one migration does wrong, in words; the migrations before it in the same release must have been read before.
     *
     * @param script what messages call it
     */
    List<String> broken(String script, String sql) {
        List<Statement> statements = SqlStatements.of(sql);
        List<String> broken = new ArrayList<>();
        boolean concurrently =
                statements.stream().anyMatch(statement -> statement.text().contains(" index concurrently "));
        if (concurrently && statements.size() > 1) {
            broken.add(script + ": CONCURRENTLY works outside of a transaction only, so it is alone in its migration");
        }
        for (Statement statement : statements) {
            Matcher table = CREATE_TABLE.matcher(statement.text());
            if (table.find()) {
                made.add(table.group(1));
            }
            if (statement.accepted().isEmpty()) {
                reasons(statement.text())
                        .forEach(reason -> broken.add(script + ": " + reason + ": " + cut(statement.text())));
            }
        }
        return broken;
    }

    private List<String> reasons(String statement) {
        List<String> reasons = new ArrayList<>();
        if (TAKES_AWAY.matcher(statement).find()) {
            reasons.add("the release before may still use it");
        }
        if (statement.startsWith("drop index ") && !statement.startsWith("drop index concurrently ")) {
            reasons.add("holds writers up; DROP INDEX CONCURRENTLY does not");
        }
        Matcher index = CREATE_INDEX.matcher(statement);
        if (index.find() && index.group(1) == null && !made.contains(index.group(2))) {
            reasons.add("holds writers up for as long as it takes; CREATE INDEX CONCURRENTLY does not");
        }
        Matcher rows = CHANGES_ROWS.matcher(statement);
        if (rows.find() && !made.contains(rows.group(1))) {
            reasons.add("locks rows for as long as it takes; fill in batches after the deployment");
        }
        if (statement.startsWith("reindex ") && !statement.contains(" concurrently ")) {
            reasons.add("holds writers up");
        }
        if (statement.startsWith("set ") || statement.startsWith("reset ")) {
            reasons.add("the runner sets the lock timeout, and no migration sets another");
        }
        Matcher alter = ALTER_TABLE.matcher(statement);
        if (alter.find() && !made.contains(alter.group(1))) {
            actions(alter.group(2)).forEach(action -> alteration(action, reasons));
        }
        return reasons;
    }

    private static void alteration(String action, List<String> reasons) {
        if (action.startsWith("rename")) {
            reasons.add("the release before knows the old name");
        } else if (action.startsWith("drop ")) {
            if (!action.matches("drop constraint .*|drop default.*")) {
                reasons.add("the release before may still use it");
            } else {
                reasons.add("say with '-- safe:' why nothing relies on it");
            }
        } else if (action.startsWith("add constraint")
                || action.startsWith("add check")
                || action.startsWith("add foreign")
                || action.startsWith("add unique")
                || action.startsWith("add primary")) {
            if (!action.contains("not valid") && !action.contains("using index")) {
                reasons.add(
                        "reads the whole table under a lock; add it NOT VALID, or USING INDEX, and VALIDATE it later");
            }
        } else if (action.startsWith("add ")) {
            addedColumn(action, reasons);
        } else if (action.startsWith("alter ") && action.matches("alter (?:column )?\\S+ (?:set data )?type .*")) {
            reasons.add("writes the whole table anew, and the release before knows the old type");
        } else if (action.startsWith("alter ") && action.contains(" set not null")) {
            reasons.add("reads the whole table under a lock, and the release before may leave it out");
        }
    }

    private static void addedColumn(String action, List<String> reasons) {
        if (action.contains("not null") && !action.contains(" default ")) {
            reasons.add("the release before does not fill it in; give it a default");
        }
        if (VOLATILE.matcher(action).find()
                || action.contains("generated ")
                || action.matches(".* (?:big|small)?serial\\b.*")) {
            reasons.add("writes the whole table anew");
        }
        if (action.contains(" references ")
                || action.contains(" unique")
                || action.contains(" primary key")
                || action.contains(" check ")) {
            reasons.add("reads the whole table under a lock; add the constraint NOT VALID by itself");
        }
    }

    /** What an ALTER TABLE does, one thing at a time: commas in parentheses do not divide. */
    private static List<String> actions(String text) {
        List<String> actions = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                actions.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        actions.add(text.substring(begin).strip());
        return actions;
    }

    private static String cut(String statement) {
        return statement.length() > 100 ? statement.substring(0, 100) + "…" : statement;
    }
}
