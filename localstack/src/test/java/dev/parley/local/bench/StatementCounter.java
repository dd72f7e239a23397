package dev.parley.local.bench;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts what this process asks PostgreSQL, in place of its driver: whoever opens connections from now on gets connections of the real
 * driver that are listened to. Who asks is known by the name of the thread, which is that of the function that it runs.
 *
 * <p>Thread-safe.
 */
final class StatementCounter implements AutoCloseable {

    private static final String FUNCTION = "lambda-";

    /** Whoever is no function: probes, tests. */
    private static final String OTHER = "nobody";

    private static final Pattern WRITES = Pattern.compile(
            "\\b(insert\\s+into|update\\s+\\w+\\s+(\\w+\\s+)?set|delete\\s+from|for\\s+(no\\s+key\\s+)?update|for\\s+share)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern READ =
            Pattern.compile("\\bfrom\\s+([a-z_][a-z0-9_]*)(?![a-z0-9_.])", Pattern.CASE_INSENSITIVE);
    private static final Pattern WRITTEN = Pattern.compile(
            "\\b(insert|update|delete)\\s+(?:into\\s+|from\\s+)?([a-z_][a-z0-9_]*)\\s+(?:as\\s+\\w+\\s+|[a-z]\\w*\\s+)?(?:\\(|set\\b|where\\b|using\\b|select\\b|values\\b)",
            Pattern.CASE_INSENSITIVE);

    private final ConcurrentMap<String, ConcurrentMap<Count, LongAdder>> byUrl = new ConcurrentHashMap<>();
    private final CountingDriver driver = new CountingDriver();

    private StatementCounter() {}

    /** Takes the driver's place. */
    static StatementCounter install() throws SQLException {
        StatementCounter counter = new StatementCounter();
        org.postgresql.Driver.deregister();
        DriverManager.registerDriver(counter.driver);
        return counter;
    }

    /** What was asked over connections with a URL so far. */
    Counts counts(String url) {
        Counts counts = new Counts();
        byUrl.getOrDefault(url, new ConcurrentHashMap<>())
                .forEach((count, times) -> counts.add(count, times.doubleValue()));
        return counts;
    }

    /** Gives the place back. Connections that are open stay as they are. */
    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(driver);
        org.postgresql.Driver.register();
    }

    private static String who() {
        String thread = Thread.currentThread().getName();
        return thread.startsWith(FUNCTION) ? thread.substring(FUNCTION.length()) : OTHER;
    }

    /** What it writes, table by table; or else its verb and the first table that it reads. */
    static String name(String sql) {
        List<String> written = WRITTEN.matcher(sql)
                .results()
                .map(write -> write.group(1).toUpperCase(Locale.ROOT) + " " + write.group(2))
                .distinct()
                .toList();
        if (!written.isEmpty()) {
            return String.join(", ", written);
        }
        Matcher read = READ.matcher(sql);
        return read.find()
                ? "SELECT " + read.group(1)
                : sql.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    }

    private final class CountingDriver implements Driver {

        private final Driver real = new org.postgresql.Driver();

        @Override
        public @Nullable Connection connect(String url, Properties info) throws SQLException {
            Connection connection = real.connect(url, info);
            return connection == null ? null : new Listener(url).listenTo(connection);
        }

        @Override
        public boolean acceptsURL(String url) throws SQLException {
            return real.acceptsURL(url);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
            return real.getPropertyInfo(url, info);
        }

        @Override
        public int getMajorVersion() {
            return real.getMajorVersion();
        }

        @Override
        public int getMinorVersion() {
            return real.getMinorVersion();
        }

        @Override
        public boolean jdbcCompliant() {
            return real.jdbcCompliant();
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            return real.getParentLogger();
        }
    }

    /** Listens to one connection, which one thread at a time uses. */
    private final class Listener {

        private final String url;
        private int statements;
        private boolean writes;
        private boolean begun;

        private Listener(String url) {
            this.url = url;
        }

        private Connection listenTo(Connection connection) {
            return proxy(Connection.class, (method, arguments) -> {
                switch (method.getName()) {
                    case "setAutoCommit" -> {
                        begun = arguments != null && Boolean.FALSE.equals(arguments[0]);
                        if (!begun) {
                            end();
                        }
                    }
                    case "commit", "rollback" -> end();
                    case "isValid" -> count(Count.Kind.CHECK, "is the connection still there");
                    default -> {
                        // Nothing that is counted.
                    }
                }
                Object result = call(connection, method, arguments);
                if (result instanceof PreparedStatement statement && arguments != null) {
                    return listenTo(PreparedStatement.class, statement, String.valueOf(arguments[0]));
                }
                return result instanceof Statement statement ? listenTo(Statement.class, statement, "") : result;
            });
        }

        private <T extends Statement> T listenTo(Class<T> type, T statement, String prepared) {
            return proxy(type, (method, arguments) -> {
                if (method.getName().startsWith("execute")) {
                    executed(prepared.isEmpty() && arguments != null ? String.valueOf(arguments[0]) : prepared);
                }
                return call(statement, method, arguments);
            });
        }

        private void executed(String sql) {
            count(Count.Kind.STATEMENT, name(sql));
            statements++;
            writes |= WRITES.matcher(sql).find();
            if (!begun) {
                end();
            }
        }

        private void end() {
            if (statements > 0) {
                count(Count.Kind.TRANSACTION, writes ? "writes" : "reads");
            }
            statements = 0;
            writes = false;
        }

        private void count(Count.Kind kind, String name) {
            byUrl.computeIfAbsent(url, _ -> new ConcurrentHashMap<>())
                    .computeIfAbsent(new Count(kind, who(), name), _ -> new LongAdder())
                    .increment();
        }
    }

    private interface Call {

        @Nullable Object answer(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        InvocationHandler handler = (_, method, arguments) -> call.answer(method, arguments);
        return type.cast(
                Proxy.newProxyInstance(StatementCounter.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
