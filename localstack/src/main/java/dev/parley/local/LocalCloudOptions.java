package dev.parley.local;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the local cloud is started.
 *
 * @param host address or name to listen on
 * @param port 0 for any free one
 * @param data the folder that keeps users and messages; null for one that is deleted at the end
 * @param isolated whether functions run in JVMs of their own
 * @param settings settings that differ from the local ones, by the names of their environment variables
 */
public record LocalCloudOptions(
        String host, int port, @Nullable Path data, boolean isolated, Map<String, String> settings) {

    /** A cloud on a free port that keeps nothing. */
    public static LocalCloudOptions ephemeral() {
        return new LocalCloudOptions("127.0.0.1", 0, null, false, Map.of());
    }
}
