package dev.parley.local.alert;

import dev.parley.settings.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks PostgreSQL how many connections it has and may have, and how far replicas are behind, as postgres_exporter does; and
 * notes how long the answer took. It opens a connection each time, so that a database that was away is found again, and waits
 * for 2 s at the most.
 */
public final class DatabaseProbe implements Probe {

    private static final Logger log = LoggerFactory.getLogger(DatabaseProbe.class);

    private static final String QUESTION = """
            SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
                   current_setting('max_connections')::int AS max_connections,
                   (SELECT max(extract(epoch FROM coalesce(replay_lag, interval '0'))) FROM pg_stat_replication) AS lag
            """;

    private static final String WAIT_SECONDS = "2";

    private final String url;
    private final String user;
    private final Secret password;

    /** @param url a JDBC URL without user and password */
    public DatabaseProbe(String url, String user, Secret password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    @Override
    public void measure(Map<Measure, Double> into) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password.value());
        properties.setProperty("connectTimeout", WAIT_SECONDS);
        properties.setProperty("loginTimeout", WAIT_SECONDS);
        properties.setProperty("socketTimeout", WAIT_SECONDS);
        properties.setProperty("ApplicationName", "parley-alerts");
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            long start = System.nanoTime();
            try (ResultSet row = statement.executeQuery(QUESTION)) {
                row.next();
                into.put(Measure.DATABASE_SECONDS, (System.nanoTime() - start) / 1e9);
                into.put(Measure.DATABASE_CONNECTIONS, row.getDouble("connections"));
                into.put(Measure.DATABASE_MAX_CONNECTIONS, row.getDouble("max_connections"));
                double lag = row.getDouble("lag");
                if (!row.wasNull()) {
                    into.put(Measure.REPLICATION_LAG, lag);
                }
            }
        } catch (SQLException e) {
            log.debug("The database did not answer", e);
        }
    }
}
