package dev.parley.migrations;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;

/**
 * A schema that is not the newest now, and why. Its message is for the person who deploys: it names the migration, its line, and what the
 * database said. It has neither the statement nor what rows hold, nor any credentials, since it ends up in the events of a
 * deployment; and it is short, since CloudFormation takes 4,096 bytes of an answer and none of a longer one (CloudFormation user
 * guide, "Custom resource response objects").
 */
public final class MigrationFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Characters of what the database or Flyway said; the rest of an answer needs its room too. */
    private static final int LONGEST_REASON = 500;

    private MigrationFailedException(String message, FlywayException cause) {
        super(message, cause);
    }

    static MigrationFailedException of(FlywayException failure) {
        SQLException refusal = refusal(failure);
        String reason = refusal == null ? first(failure.getMessage()) : reason(refusal);
        if (failure instanceof FlywayMigrateException migration && migration.getMigration() != null) {
            String line = migration.getLineNumber() > 0 ? " at line " + migration.getLineNumber() : "";
            return new MigrationFailedException(
                    "Migration " + migration.getMigration().getScript() + " failed" + line + ": " + reason
                            + ". Nothing of it was kept, and the version that is deployed goes on. Correct the migration and deploy again.",
                    failure);
        }
        return new MigrationFailedException(
                "The schema could not be migrated: " + reason
                        + ". Nothing was changed, and the version that is deployed goes on.",
                failure);
    }

    /** What the database refused, however deep Flyway has it. */
    private static @Nullable SQLException refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal) {
                return refusal;
            }
        }
        return null;
    }

    /** The first line: PostgreSQL puts values of rows into the details below it. */
    private static String reason(SQLException refusal) {
        String state = refusal.getSQLState();
        return first(refusal.getMessage()) + (state == null ? "" : " (SQLSTATE " + state + ")");
    }

    private static String first(@Nullable String message) {
        String line = message == null ? "" : message.strip().lines().findFirst().orElse("");
        String shown = line.isEmpty() ? "no reason was given" : line;
        String cut = shown.length() > LONGEST_REASON ? shown.substring(0, LONGEST_REASON) + "…" : shown;
        return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
    }
}
