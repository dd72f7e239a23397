package dev.parley.local.apigateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How the APIs name themselves in events. The domain name is this server's host and port, so that a function that builds
 * the {@code @connections} address from its event calls back here.
 *
 * <p>Thread-safe. The port is set once, before the first request.
 */
final class ApiIdentity {

    static final String ACCOUNT_ID = "000000000000";
    static final String HTTP_API_ID = "parleyhttp";
    static final String WEBSOCKET_API_ID = "parleysock";

    private static final DateTimeFormatter REQUEST_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    private final String host;
    private final String stage;
    private volatile int port;

    /** @param stage the WebSocket API's stage; the HTTP API's is {@code $default} */
    ApiIdentity(String host, String stage) {
        this.host = host;
        this.stage = stage;
    }

    void listensOn(int boundPort) {
        port = boundPort;
    }

    int port() {
        return port;
    }

    String stage() {
        return stage;
    }

    String domainName() {
        return host + ":" + port;
    }

    /** The first label of the domain name. */
    String domainPrefix() {
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }

    /** A time in the form of the Common Log Format, as events carry it: {@code 12/Mar/2020:19:03:58 +0000}. */
    static String requestTime(long epochMillis) {
        return REQUEST_TIME.format(Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC));
    }
}
