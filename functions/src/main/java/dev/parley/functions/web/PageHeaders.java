package dev.parley.functions.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The headers of a page: what it may load and connect to, and that nobody may look into it. Immutable. */
public final class PageHeaders {

    private final Map<String, String> headers = new LinkedHashMap<>();

    /**
     * The headers of one system's pages.
     *
     * @param gatewayUrls where the gateway is
     * @param filesOrigin where links to files lead, and uploads go
     */
    public PageHeaders(List<String> gatewayUrls, String filesOrigin) {
        String connected = String.join(
                " ", Stream.concat(gatewayUrls.stream(), Stream.of(filesOrigin)).toList());
        headers.put(
                "content-security-policy",
                String.join(
                        "; ",
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "img-src 'self' blob: " + filesOrigin,
                        "media-src 'self' " + filesOrigin,
                        "connect-src 'self' " + connected,
                        "form-action 'none'",
                        "base-uri 'none'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'",
                        "trusted-types 'none'"));
        headers.put("x-frame-options", "DENY");
        headers.put("cross-origin-opener-policy", "same-origin");
        headers.put("permissions-policy", "camera=(), geolocation=(), microphone=()");
        headers.put("cache-control", "no-cache");
    }

    Map<String, String> headers() {
        return headers;
    }
}
