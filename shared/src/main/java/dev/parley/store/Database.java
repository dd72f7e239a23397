package dev.parley.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.parley.settings.Secret;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL. Connections are opened at the first use and closed by {@link #close()}, after which the next use opens new
 * ones: a Lambda snapshot must not hold a socket.
 *
 * <p>Everything that runs here must hold under transaction pooling (RDS Proxy, PgBouncer): no session state, no cursors
 * across statements, statements under 16 KB.
 *
 * <p>Thread-safe.
 */
public final class Database implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final Duration READERS_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_ANSWER_OF_READERS = Duration.ofSeconds(5);

    private final String url;
    private final String user;
    private final Supplier<Secret> password;
    private final int poolSize;
    private final Duration timeout;
    private final Duration longestAnswer;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Opened opened;
    private volatile boolean halted;

    private record Opened(HikariDataSource pool, Jdbi jdbi) {}

    /**
     * A database that is not connected to yet, with a password that stays.
     *
     * @param url JDBC URL
     * @param poolSize connections at the most
     * @param timeout the longest wait for a connection, 250 ms or more
     */
    public Database(String url, String user, Secret password, int poolSize, Duration timeout) {
        this(url, user, () -> password, poolSize, timeout);
    }

    /**
     * A database that is not connected to yet.
     *
     * @param url JDBC URL
     * @param password asked for each connection
     * @param poolSize connections at the most
     * @param timeout the longest wait for a connection, 250 ms or more
     */
    public Database(String url, String user, Supplier<Secret> password, int poolSize, Duration timeout) {
        this(url, user, password, poolSize, timeout, LONGEST_ANSWER);
    }

    /**
     * Readers of a database, which are not connected to yet. They are waited for a short time only, since the writer answers
     * in their place: 1 s for a connection, 5 s for an answer.
     */
    public static Database ofReaders(String url, String user, Supplier<Secret> password, int poolSize) {
        return new Database(url, user, password, poolSize, READERS_TIMEOUT, LONGEST_ANSWER_OF_READERS);
    }

    private Database(
            String url,
            String user,
            Supplier<Secret> password,
            int poolSize,
            Duration timeout,
            Duration longestAnswer) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.poolSize = poolSize;
        this.timeout = timeout;
        this.longestAnswer = longestAnswer;
    }

    /**
     * Runs statements that each commit by themselves.
     *
     * @throws DatabaseUnavailableException if there is no connection to be had, or it breaks
     * @throws org.jdbi.v3.core.JdbiException if the database refuses a statement
     */
    public <T extends @Nullable Object, X extends Exception> T query(HandleCallback<T, X> statements) throws X {
        try {
            return open().jdbi().withHandle(statements);
        } catch (JdbiException e) {
            throw Unavailability.explains(e) ? new DatabaseUnavailableException(e) : e;
        }
    }

    /**
     * Runs statements as one transaction, which rolls back when the callback throws.
     *
     * @throws DatabaseUnavailableException if there is no connection to be had, or it breaks
     * @throws org.jdbi.v3.core.JdbiException if the database refuses a statement
     */
    public <T extends @Nullable Object, X extends Exception> T transaction(HandleCallback<T, X> statements) throws X {
        try {
            return open().jdbi().inTransaction(statements);
        } catch (JdbiException e) {
            throw Unavailability.explains(e) ? new DatabaseUnavailableException(e) : e;
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            Opened current = opened;
            opened = null;
            if (current != null) {
                current.pool().close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off the connections for good: what is under way fails, and so does every statement from now on. */
    public void halt() {
        halted = true;
        close();
    }

    private Opened open() {
        Opened current = opened;
        if (current != null) {
            return current;
        }
        lock.lock();
        try {
            current = opened;
            if (current == null) {
                if (halted) {
                    throw new DatabaseUnavailableException(new IllegalStateException("Halted"));
                }
                HikariDataSource pool = new HikariDataSource(configuration());
                current = new Opened(pool, Jdbi.create(pool));
                opened = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private HikariConfig configuration() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("parley");
        config.setJdbcUrl(url);
        config.setCredentialsProvider(() -> Credentials.of(user, password.get().value()));
        config.setMaximumPoolSize(poolSize);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(timeout.toMillis());
        // Behind a pooler the question whether a connection still works waits for one of the server's.
        config.setValidationTimeout(timeout.toMillis());
        config.setInitializationFailTimeout(-1);
        // Sent in the startup packet; without it pgjdbc issues a SET, which pins the session behind a pooler.
        config.addDataSourceProperty("assumeMinServerVersion", "16");
        config.addDataSourceProperty("ApplicationName", "parley");
        // Named server-side statements do not survive transaction pooling.
        config.addDataSourceProperty("prepareThreshold", "0");
        config.addDataSourceProperty("connectTimeout", Long.toString(Math.max(1, timeout.toSeconds())));
        config.addDataSourceProperty("socketTimeout", Long.toString(longestAnswer.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }
}
