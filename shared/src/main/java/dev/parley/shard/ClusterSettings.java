package dev.parley.shard;

import dev.parley.settings.InvalidSettingException;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.store.Database;
import dev.parley.store.DatabaseLogin;
import java.util.LinkedHashMap;
import java.util.Map;

/** The clusters that the settings name. */
public final class ClusterSettings {

    private static final String NAME = "[a-z][a-z0-9-]{0,31}";

    private ClusterSettings() {}

    /** The databases, none of them connected to yet. */
    public static Clusters open(Settings settings, DatabaseLogin login) {
        String directory = settings.text(Setting.DATABASE_URL);
        Map<String, String> urls = urls(settings, Setting.DATABASE_CLUSTERS);
        Database zero = database(settings, login, directory);
        if (urls.isEmpty()) {
            return new Clusters(zero);
        }
        Map<String, Database> others = new LinkedHashMap<>();
        urls.forEach((name, url) -> others.put(name, database(settings, login, url)));
        return new Clusters(zero, database(settings, login, directory), others);
    }

    /**
     * The JDBC URLs of the clusters beside that of the directory, by name.
     *
     * @throws InvalidSettingException if it is not {@code name=url,name=url}
     */
    public static Map<String, String> urls(Settings settings, Setting setting) {
        Map<String, String> urls = new LinkedHashMap<>();
        String text = settings.text(setting).strip();
        if (text.isEmpty()) {
            return urls;
        }
        for (String entry : text.split(",", -1)) {
            int sign = entry.indexOf('=');
            String name = sign < 0 ? "" : entry.substring(0, sign).strip();
            String url = entry.substring(sign + 1).strip();
            if (!name.matches(NAME) || name.equals(Clusters.ZERO) || !url.startsWith("jdbc:postgresql://")) {
                throw new InvalidSettingException(
                        setting,
                        "must be name=jdbc:postgresql://…, with names of lower-case letters, digits"
                                + " and dashes, none of them " + Clusters.ZERO + ", and commas between");
            }
            if (urls.put(name, url) != null) {
                throw new InvalidSettingException(setting, "names " + name + " twice");
            }
        }
        return urls;
    }

    private static Database database(Settings settings, DatabaseLogin login, String url) {
        String user = settings.text(Setting.DATABASE_USER);
        return new Database(
                url,
                user,
                () -> login.password(url, user),
                settings.integer(Setting.DATABASE_POOL_SIZE, 1, 100),
                settings.duration(Setting.DATABASE_TIMEOUT));
    }
}
