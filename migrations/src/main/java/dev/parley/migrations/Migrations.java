package dev.parley.migrations;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * The database's schema, version by version. It must reach the database itself: Flyway holds a session lock, which no
 * transaction pooler carries.
 *
 * <p>Thread-safe; two that migrate at once wait for each other.
 */
public final class Migrations {

    private final String url;
    private final String user;
    private final String password;

    /**
     * Migrations of one database.
     *
     * @param url JDBC URL of the database itself
     */
    public Migrations(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * What was done.
     *
     * @param applied migrations that ran, 0 when the schema was current
     * @param version the schema's version now
     */
    public record Outcome(int applied, String version) {}

    /**
     * Brings the schema to the newest version. Each migration is a transaction: one that fails leaves nothing behind.
     *
     * @throws MigrationFailedException if a migration fails, the database cannot be reached, or it is newer than this build knows
     */
    public Outcome migrate() {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(url, user, password)
                .locations("classpath:db/migration")
                .connectRetries(10)
                .connectRetriesInterval(1)
                .load();
        MigrateResult result;
        try {
            result = flyway.migrate();
        } catch (FlywayException e) {
            throw MigrationFailedException.of(e);
        }
        String version = result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
        return new Outcome(result.migrationsExecuted, version == null ? "" : version);
    }
}
