package dev.parley.connection;

import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.net.URI;
import java.util.List;

/**
 * Where gateway connections are posted to. An API of API Gateway has one {@code @connections} endpoint for all of its
 * connections; where several processes hold them, each has its own, and the connection's id says which.
 *
 * <p>Implementations are thread-safe.
 */
public interface ManagementEndpoints {

    /** All endpoints, each with its stage and without a slash at the end. Never empty, and always the same. */
    List<URI> all();

    /** The place of a connection's endpoint in {@link #all()}; an id that is no connection's has one, too. */
    int of(String connectionId);

    /** The one endpoint that the settings name. */
    static ManagementEndpoints of(Settings settings) {
        List<URI> only = List.of(settings.uri(Setting.MANAGEMENT_ENDPOINT));
        return new ManagementEndpoints() {
            @Override
            public List<URI> all() {
                return only;
            }

            @Override
            public int of(String connectionId) {
                return 0;
            }
        };
    }
}
