package dev.parley.store;

import java.util.Objects;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** What the database says when a statement breaks a constraint. */
public final class Constraints {

    private Constraints() {}

    /** The name of the unique constraint or index that a statement broke; null when it failed for another reason. */
    public static @Nullable String uniqueViolation(JdbiException failure) {
        if (failure.getCause() instanceof PSQLException cause
                && Objects.equals(PSQLState.UNIQUE_VIOLATION.getState(), cause.getSQLState())) {
            ServerErrorMessage message = cause.getServerErrorMessage();
            return message == null ? "" : message.getConstraint();
        }
        return null;
    }
}
