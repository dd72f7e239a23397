package dev.parley.local.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a statement keeps its session at one connection of the server, as PostgreSQL notes the statement
 * ({@code log_statement}). By the Aurora user guide, "Avoiding pinning an RDS Proxy", which is stricter than PgBouncer in what
 * it forbids.
 */
public final class Pinning {

    private static final int LONGEST_TEXT = 16 * 1024;

    /** {@code statement: …} is the simple protocol; {@code execute NAME/PORTAL: …} the extended. */
    private static final Pattern NOTED =
            Pattern.compile("(?s)(?:statement|execute (?:fetch from )?([^/:]+)(/[^:]+)?): (.*)");

    private static final Pattern LITERAL = Pattern.compile("'[^']*+'");

    private static final Map<String, Pattern> KINDS = Map.of(
            "sets a variable of the session", start("(SET|RESET)\\b(?! TRANSACTION)"),
            "discards the session's state", start("DISCARD\\b"),
            "manages a prepared statement", start("(PREPARE|EXECUTE|DEALLOCATE)\\b"),
            "uses a cursor", start("(DECLARE|FETCH|MOVE|CLOSE)\\b"),
            "listens", start("(LISTEN|UNLISTEN)\\b"),
            "loads a library", start("LOAD\\b"),
            "makes something temporary",
                    anywhere("\\b(CREATE( OR REPLACE)?( (GLOBAL|LOCAL))?|INTO) TEMP(ORARY)?\\b|\\bpg_temp\\b"),
            "sets a variable by a function", anywhere("\\bset_config ?\\("),
            "uses a sequence", anywhere("\\b(nextval|setval|currval|lastval) ?\\("),
            "takes a lock of the session", anywhere("\\bpg_(try_)?advisory_(lock|unlock)"));

    private Pinning() {}

    /** The statement in what the server noted; empty if it noted something else. */
    public static Optional<String> statement(String noted) {
        Matcher matcher = NOTED.matcher(noted);
        return matcher.matches() ? Optional.of(matcher.group(3)) : Optional.empty();
    }

    /** Why a statement pins; empty if it does not. */
    public static Optional<String> reason(String noted) {
        Matcher matcher = NOTED.matcher(noted);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String prepared = matcher.group(1);
        String text = matcher.group(3);
        if (prepared != null && !prepared.equals("<unnamed>")) {
            return Optional.of("is prepared under a name");
        }
        if (matcher.group(2) != null) {
            return Optional.of("has a portal with a name");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
            return Optional.of("is longer than 16 KB");
        }
        String bare =
                LITERAL.matcher(text).replaceAll("''").replaceAll("\\s+", " ").strip();
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue().matcher(bare).find())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Pattern start(String words) {
        return Pattern.compile("^" + words, Pattern.CASE_INSENSITIVE);
    }

    private static Pattern anywhere(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }
}
