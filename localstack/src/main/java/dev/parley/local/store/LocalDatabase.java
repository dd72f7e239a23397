package dev.parley.local.store;

import dev.parley.settings.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The database of one machine: PostgreSQL, and what stands in front of it. Thread-safe. */
public final class LocalDatabase implements AutoCloseable {

    private final LocalPostgres postgres;
    private final @Nullable LocalPgBouncer pooler;

    private LocalDatabase(LocalPostgres postgres, @Nullable LocalPgBouncer pooler) {
        this.postgres = postgres;
        this.pooler = pooler;
    }

    /**
     * Starts the servers and waits until they take connections.
     *
     * @param folder holds a folder of each server; one database at a time
     * @param cache where PostgreSQL's programs are unpacked
     * @throws LocalStoreException if one of them does not start, with the end of its log
     */
    public static LocalDatabase start(Path folder, BinaryCache cache, LocalDatabaseOptions options) {
        LocalPostgres postgres = LocalPostgres.start(folder.resolve("postgres"), cache);
        try {
            return new LocalDatabase(
                    postgres, options.pooler() ? LocalPgBouncer.start(folder.resolve("pgbouncer"), postgres) : null);
        } catch (LocalStoreException e) {
            postgres.close();
            throw e;
        }
    }

    /** Where functions find it, without user and password. */
    public String jdbcUrl() {
        return pooler == null ? postgres.jdbcUrl() : pooler.jdbcUrl();
    }

    /** Where migrations find it, past any pooler, without user and password. */
    public String directUrl() {
        return postgres.jdbcUrl();
    }

    public String user() {
        return postgres.user();
    }

    public Secret password() {
        return postgres.password();
    }

    /** The server itself. */
    public LocalPostgres postgres() {
        return postgres;
    }

    @Override
    public void close() {
        if (pooler != null) {
            pooler.close();
        }
        postgres.close();
    }
}
