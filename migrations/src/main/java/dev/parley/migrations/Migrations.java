package dev.parley.migrations;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's schema, version by version. It must reach the database itself: Flyway holds a session lock, which no
 * transaction pooler carries.
 *
 * <p>A statement that cannot have its lock within {@link #LOCK_TIMEOUT} gives up, since everybody who comes to the table after
 * it waits behind it; its migration is tried again, {@link #ATTEMPTS} times at the most.
 *
 * <p>Thread-safe; two that migrate at once wait for each other.
 */
public final class Migrations {

    /** The longest that writers wait behind a statement that waits for its lock itself. */
    static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    /** How often a migration is tried that cannot have its lock: for a minute and a half at the least. */
    static final int ATTEMPTS = 30;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** PostgreSQL, "Error Codes": lock_not_available, and deadlock_detected, which is another way not to get a lock. */
    private static final Set<String> NO_LOCK = Set.of("55P03", "40P01");

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private final String url;
    private final String user;
    private final String password;
    private final Content content;

    /** What of the content a database has when it is new. */
    public enum Content {
        /** All of it: the database with the directory. */
        ALL("owned"),

        /** None of it before something is moved there: any other. */
        NONE("absent");

        private final String state;

        Content(String state) {
            this.state = state;
        }
    }

    private final List<String> locations;

    /**
     * Migrations of the database with the directory.
     *
     * @param url JDBC URL of the database itself
     */
    public Migrations(String url, String user, String password) {
        this(url, user, password, Content.ALL);
    }

    /**
     * Migrations of one of several databases.
     *
     * @param url JDBC URL of the database itself
     */
    public Migrations(String url, String user, String password, Content content) {
        this(url, user, password, content, List.of("classpath:db/migration"));
    }

    /** @param locations where the migrations are, as Flyway names them */
    Migrations(String url, String user, String password, List<String> locations) {
        this(url, user, password, Content.ALL, locations);
    }

    private Migrations(String url, String user, String password, Content content, List<String> locations) {
        this.content = content;
        this.url = url;
        this.user = user;
        this.password = password;
        this.locations = List.copyOf(locations);
    }

    /**
     * What was done.
     *
     * @param applied migrations that ran, in all attempts; 0 when the schema was current
     * @param version the schema's version now
     */
    public record Outcome(int applied, String version) {}

    /**
     * Brings the schema to the newest version. Each migration is a transaction: one that fails leaves nothing behind. One that
     * makes an index while others write ({@code CONCURRENTLY}) is none, and if it fails leaves an invalid index, which the next
     * try has to drop first.
     *
     * @throws MigrationFailedException if a migration fails, the database cannot be reached, or it is newer than this build knows
     */
    public Outcome migrate() {
        FluentConfiguration configuration = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(url, user, password)
                .locations(locations.toArray(String[]::new))
                .placeholders(Map.of("content", content.state))
                .initSql("SET lock_timeout = '" + LOCK_TIMEOUT.toMillis() + "ms'")
                .connectRetries(10)
                .connectRetriesInterval(1);
        // An open transaction of Flyway's own would be waited for by CREATE INDEX CONCURRENTLY, for ever.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        Flyway flyway = configuration.load();
        try {
            int before = flyway.info().applied().length;
            MigrateResult result = migrate(flyway);
            String version =
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
            return new Outcome(flyway.info().applied().length - before, version == null ? "" : version);
        } catch (FlywayException e) {
            throw MigrationFailedException.of(e);
        }
    }

    private static MigrateResult migrate(Flyway flyway) {
        for (int attempt = 1; ; attempt++) {
            try {
                return flyway.migrate();
            } catch (FlywayException e) {
                if (attempt == ATTEMPTS || !lockWasNotToBeHad(e)) {
                    throw e;
                }
                log.warn(
                        "A migration could not have its lock within {}; attempt {} of {}",
                        LOCK_TIMEOUT,
                        attempt,
                        ATTEMPTS);
                if (!pause()) {
                    throw e;
                }
            }
        }
    }

    private static boolean lockWasNotToBeHad(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal
                    && refusal.getSQLState() != null
                    && NO_LOCK.contains(refusal.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** False when the thread is interrupted, which then stays so. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
