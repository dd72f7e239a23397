package dev.parley.local.apigateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from. Nobody is asked who they are at the system's own paths, so that whoever is on this machine has to be
 * kept apart from what they look at in a browser.
 */
final class RequestSource {

    private static final String LOCALHOST = "localhost";

    private RequestSource() {}

    /**
     * Whether a page of another site may have had a browser send this. A page is of this site if it has the address that was asked
     * for, and that is an IP address or localhost: a name is whoever's it is, who can have it lead here (DNS rebinding).
     */
    static boolean isOtherSite(HttpHeaders headers) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            return false; // no browser leaves it out of what changes something
        }
        @Nullable String host = headers.get(HttpHeaderNames.HOST);
        return host == null || !origin.equals("http://" + host) || !isFixed(withoutPort(host));
    }

    private static boolean isFixed(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(LOCALHOST)
                || name.endsWith("." + LOCALHOST)
                || NetUtil.isValidIpV4Address(name)
                || (name.startsWith("[") && NetUtil.isValidIpV6Address(name));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
