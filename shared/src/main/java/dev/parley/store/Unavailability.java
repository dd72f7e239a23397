package dev.parley.store;

import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/**
 * Tells a database that is away from one that refuses a statement. A pooler takes every connection and says only at the first
 * statement that it has none of the server's to give, so that this is not a matter of the connection alone.
 */
final class Unavailability {

    /** PostgreSQL, "Error Codes": class 08, connection exception; PgBouncer's own errors are 08P01. */
    private static final String CONNECTION_EXCEPTION = "08";

    /** too_many_connections, admin_shutdown, crash_shutdown, cannot_connect_now. */
    private static final Set<String> AWAY = Set.of("53300", "57P01", "57P02", "57P03");

    private Unavailability() {}

    /** Whether a statement failed because there was no connection, or because it broke. */
    static boolean explains(JdbiException failure) {
        if (failure instanceof ConnectionException) {
            return true;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal) {
                String state = refusal.getSQLState();
                return state != null && (state.startsWith(CONNECTION_EXCEPTION) || AWAY.contains(state));
            }
        }
        return false;
    }
}
