package dev.parley.infra.edge;

import dev.parley.infra.phase.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The host names of a deployment that has a domain. All are known before anything is made, so that no stack needs another's
 * outputs.
 *
 * @param domain what clients use
 * @param hostedZone id of the Route 53 zone that the domain is in
 */
public record EdgeAddresses(String domain, String hostedZone) {

    /** The path of the gateway on the domain, and the key of its mapping at the origin. */
    public static final String GATEWAY_PATH = "gateway";

    /** Those that the parameters give, or null without a domain. */
    public static @Nullable EdgeAddresses of(Parameters parameters) {
        String domain = parameters.domain();
        String zone = parameters.hostedZone();
        return domain == null || zone == null ? null : new EdgeAddresses(domain, zone);
    }

    /** Where the edge finds the REST API, in whichever Region. */
    public String restOrigin() {
        return "rest.origin." + domain;
    }

    /** The REST API of one Region alone, for health checks of the Region. */
    public String restOrigin(String region) {
        return "rest." + region + ".origin." + domain;
    }

    /** Where the edge finds the WebSocket API: a name of its own, since the kinds of APIs cannot share one. */
    public String gatewayOrigin() {
        return "gateway.origin." + domain;
    }

    /** Base URL of the REST API, and of files and images, without a slash at the end. */
    public String apiUrl() {
        return "https://" + domain;
    }

    /** URL that gateway clients connect to. */
    public String gatewayUrl() {
        return "wss://" + domain + "/" + GATEWAY_PATH;
    }
}
