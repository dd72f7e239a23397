package dev.parley.infra.edge;

import dev.parley.settings.Setting;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How clients reach the APIs, as far as the functions have to know.
 *
 * @param apiUrl base URL of the REST API, without a slash at the end
 * @param gatewayUrl URL that gateway clients connect to
 * @param secret what proves that a request came through the edge; null when there is none
 */
public record ClientAccess(
        String apiUrl, String gatewayUrl, @Nullable EdgeSecret secret) {

    /** Clients reach the APIs under the names that AWS gives them. */
    public static ClientAccess direct(String apiUrl, String gatewayUrl) {
        return new ClientAccess(apiUrl, gatewayUrl, null);
    }

    /** Clients reach the APIs through the edge, and no other way. */
    public static ClientAccess through(EdgeAddresses addresses, EdgeSecret secret) {
        return new ClientAccess(addresses.apiUrl(), addresses.gatewayUrl(), secret);
    }

    /** The variables that tell the functions. */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        variables.put(Setting.CDN_URL.variable(), apiUrl);
        variables.put(Setting.GATEWAY_URL.variable(), gatewayUrl);
        if (secret != null) {
            variables.put(Setting.EDGE_SECRET.variable(), secret.accepted());
        }
        return variables;
    }
}
