package dev.parley.local.apigateway;

import java.time.Duration;

/** Counts what API Gateway would bill and report. Called on event loops: it must be thread-safe and must not block. */
public interface GatewayMeter {

    /** The route key of requests that match no route. */
    String NO_ROUTE = "-";

    /**
     * A request to the HTTP API was answered.
     *
     * @param routeKey the route's key, or {@link #NO_ROUTE}
     * @param bytesIn of the request's body
     * @param bytesAnswered of the answer's body
     */
    void httpRequest(String method, String routeKey, int status, Duration took, int bytesIn, int bytesAnswered);

    /** A WebSocket connection opened. */
    void connectionOpened();

    /** A WebSocket connection that had opened ended. */
    void connectionClosed();

    /** A client sent a message. */
    void messageIn(int bytes);

    /** A message went to a client: a callback, a route response or an error frame. */
    void messageOut(int bytes);

    /** Counts nothing. */
    static GatewayMeter none() {
        return new GatewayMeter() {
            @Override
            public void httpRequest(
                    String method, String routeKey, int status, Duration took, int bytesIn, int bytesAnswered) {}

            @Override
            public void connectionOpened() {}

            @Override
            public void connectionClosed() {}

            @Override
            public void messageIn(int bytes) {}

            @Override
            public void messageOut(int bytes) {}
        };
    }
}
