package dev.parley.local;

import dev.parley.local.store.LocalDatabase;
import dev.parley.local.store.LocalPostgres;
import dev.parley.settings.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The way into a database. The URLs are JDBC's, without user and password.
 *
 * @param jdbcUrl where functions find it
 * @param directUrl where migrations find it, past any pooler
 * @param readerUrl where functions find its replica; null without one
 */
public record DatabaseAccess(
        String jdbcUrl, String directUrl, @Nullable String readerUrl, String user, Secret password) {

    /** The way into a server, with nothing around it. */
    public static DatabaseAccess direct(String jdbcUrl, String user, Secret password) {
        return new DatabaseAccess(jdbcUrl, jdbcUrl, null, user, password);
    }

    /** The way into a server on this machine, with nothing around it. */
    public static DatabaseAccess of(LocalPostgres server) {
        return direct(server.jdbcUrl(), server.user(), server.password());
    }

    /** The way into the database of this machine. */
    static DatabaseAccess of(LocalDatabase database) {
        return new DatabaseAccess(
                database.jdbcUrl(), database.directUrl(), database.readerUrl(), database.user(), database.password());
    }
}
