package dev.parley.connection;

import java.net.URI;
import java.util.Map;

/** Signs requests. Implementations are thread-safe. */
public interface RequestSigner {

    /**
     * The headers of a signed request, {@code host} among them.
     *
     * @param endpoint scheme, host and port
     * @param path the path as it is sent
     */
    Map<String, String> sign(URI endpoint, String method, String path, byte[] body);
}
