package dev.parley.store;

import dev.parley.iam.ConnectTokens;
import dev.parley.settings.Secret;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.net.URI;

/**
 * What opens a connection to the database: the password of the settings, or a token where IAM decides who gets in
 * ({@link Setting#DATABASE_IAM}).
 *
 * <p>Thread-safe.
 */
public final class DatabaseLogin {

    private static final String JDBC = "jdbc:";
    private static final int POSTGRESQL_PORT = 5432;

    private final Settings settings;
    private final ConnectTokens tokens;

    public DatabaseLogin(Settings settings, ConnectTokens tokens) {
        this.settings = settings;
        this.tokens = tokens;
    }

    /**
     * The password for one connection that is opened now.
     *
     * @param url JDBC URL of what is connected to, {@code jdbc:postgresql://host:port/database}
     * @throws dev.parley.settings.InvalidSettingException if a setting is wrong
     * @throws IllegalArgumentException if a token is needed and the URL has no host
     */
    public Secret password(String url, String user) {
        if (!settings.flag(Setting.DATABASE_IAM)) {
            return settings.secret(Setting.DATABASE_PASSWORD);
        }
        URI server = URI.create(url.substring(url.startsWith(JDBC) ? JDBC.length() : 0));
        if (server.getHost() == null) {
            throw new IllegalArgumentException("No host in the URL of the database");
        }
        return tokens.forDatabase(server.getHost(), server.getPort() < 0 ? POSTGRESQL_PORT : server.getPort(), user);
    }
}
