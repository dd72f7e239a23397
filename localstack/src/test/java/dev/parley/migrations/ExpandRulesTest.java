package dev.parley.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every migration after the previous release leaves that release's code working, and its writers writing. */
class ExpandRulesTest {

    private static final Path MODULE = Path.of("..", "migrations");
    private static final Path SCRIPTS = MODULE.resolve("src/main/resources/db/migration");
    private static final Pattern VERSIONED = Pattern.compile("V(\\d+)__\\w+\\.sql");

    @Test
    void theMigrationsOfThisReleaseAreSafeForTheOneBefore() throws IOException {
        // Given
        int released = released();
        ExpandRules rules = new ExpandRules();

        // When
        List<String> broken = new ArrayList<>();
        for (Path script : scripts()) {
            if (version(script) > released) {
                broken.addAll(rules.broken(script.getFileName().toString(), Files.readString(script)));
            }
        }

        // Then
        assertThat(broken).as("docs/migrations.md says how else").isEmpty();
    }

    @Test
    void thePreviousReleaseIsOneThatThereWas() throws IOException {
        int released = released();
        assertThat(scripts()).anyMatch(script -> version(script) == released);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE messages",
                "DROP FUNCTION check_files()",
                "DROP INDEX messages_author",
                "ALTER TABLE messages DROP COLUMN nonce",
                "ALTER TABLE messages DROP CONSTRAINT messages_pkey",
                "ALTER TABLE messages RENAME TO posts",
                "ALTER TABLE messages RENAME COLUMN nonce TO once",
                "ALTER TABLE messages ALTER COLUMN flags TYPE bigint",
                "ALTER TABLE messages ALTER COLUMN nonce SET NOT NULL",
                "ALTER TABLE messages ADD COLUMN a int, ADD COLUMN b int NOT NULL",
                "ALTER TABLE messages ADD COLUMN a uuid DEFAULT gen_random_uuid()",
                "ALTER TABLE messages ADD COLUMN a bigint GENERATED ALWAYS AS IDENTITY",
                "ALTER TABLE messages ADD COLUMN a bigint REFERENCES users",
                "ALTER TABLE messages ADD CONSTRAINT c CHECK (flags > 0)",
                "ALTER TABLE ONLY public.messages ADD FOREIGN KEY (author_id) REFERENCES users",
                "CREATE INDEX i ON messages (flags)",
                "CREATE UNIQUE INDEX ON messages (flags)",
                "CREATE INDEX CONCURRENTLY i ON messages (flags); CREATE TABLE other (id int)",
                "UPDATE messages SET flags = 0",
                "DELETE FROM messages WHERE flags = 1",
                "TRUNCATE messages",
                "LOCK TABLE messages",
                "SET lock_timeout = 0",
                "REINDEX TABLE messages"
            })
    void refusesWhatTheReleaseBeforeOrItsWritersDoNotBear(String sql) {
        assertThat(new ExpandRules().broken("V99__x.sql", "-- a reason that is none\n" + sql + ";"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (id bigint PRIMARY KEY, a text NOT NULL); CREATE INDEX i ON t (a); UPDATE t SET a = 'x'",
                "ALTER TABLE messages ADD COLUMN a int, ADD COLUMN b numeric(3, 2) NOT NULL DEFAULT 0",
                "ALTER TABLE messages ADD COLUMN at timestamptz NOT NULL DEFAULT now()",
                "ALTER TABLE messages ADD CONSTRAINT c CHECK (flags > 0) NOT VALID",
                "ALTER TABLE messages VALIDATE CONSTRAINT c",
                "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON messages (flags)",
                "DROP INDEX CONCURRENTLY IF EXISTS messages_author",
                "ALTER TABLE messages ALTER COLUMN flags SET DEFAULT 0",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM messages; DROP TABLE x; END $$",
                "INSERT INTO search_guilds (guild_id) SELECT 1",
                "-- safe: no release since 24 reads it\nALTER TABLE messages DROP COLUMN nonce"
            })
    void letsThroughWhatOnlyAdds(String sql) {
        assertThat(new ExpandRules().broken("V99__x.sql", sql + ";")).isEmpty();
    }

    @Test
    void aReasonIsForOneStatementOnly() {
        assertThat(new ExpandRules().broken("V99__x.sql", "-- safe: unused since 24\nDROP TABLE a;\nDROP TABLE b;"))
                .singleElement()
                .asString()
                .contains("drop table b");
    }

    private static int released() throws IOException {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(MODULE.resolve("previous-release.properties"))) {
            release.load(reader);
        }
        return Integer.parseInt(release.getProperty("schema"));
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file ->
                            VERSIONED.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt(ExpandRulesTest::version))
                    .toList();
        }
    }

    private static int version(Path script) {
        Matcher name = VERSIONED.matcher(script.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }
}
