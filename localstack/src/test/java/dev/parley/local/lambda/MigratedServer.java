package dev.parley.local.lambda;

import dev.parley.Parley;
import dev.parley.catalog.Routes;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A database of its own, which the migration function migrates as a deployment asks it to. */
final class MigratedServer implements AutoCloseable {

    private final LocalPostgres server;

    private MigratedServer(LocalPostgres server) {
        this.server = server;
    }

    /** Starts it, without a schema. */
    static MigratedServer start(Path folder) {
        return new MigratedServer(LocalPostgres.start(folder, BinaryCache.ofUser()));
    }

    /**
     * Asks the function, within a minute.
     *
     * @param changed settings that are not as the database has them
     * @return its answer
     */
    byte[] migrate(Map<Setting, String> changed) throws Exception {
        Map<String, String> environment = new HashMap<>(TestSystem.environment());
        environment.put(Setting.DATABASE_URL.variable(), server.jdbcUrl());
        environment.put(Setting.DATABASE_USER.variable(), server.user());
        environment.put(Setting.DATABASE_PASSWORD.variable(), password());
        changed.forEach((setting, value) -> environment.put(setting.variable(), value));
        try (Parley parley = new Parley(Settings.of(environment), Clock.systemUTC(), _ -> {});
                InProcessHost host = new InProcessHost(
                        List.of(Routes.MIGRATE), parley, (function, took, ok) -> {}, InProcessOptions.local())) {
            return host.invoke(Routes.MIGRATE.name(), "{}".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES);
        }
    }

    /** What Lambda gives as {@code errorMessage}, which CDK's trigger hands on to CloudFormation. */
    static String reported(Throwable failure, Class<? extends Exception> as) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (as.isInstance(cause)) {
                return String.valueOf(cause.getMessage());
            }
        }
        throw new AssertionError("The function did not fail with " + as.getSimpleName(), failure);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), password());
    }

    String password() {
        return server.password().value();
    }

    /** The address of another database of the server. */
    String jdbcUrl(String database) {
        return server.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1");
    }

    @Override
    public void close() {
        server.close();
    }
}
