package dev.parley.local.apigateway;

import dev.parley.settings.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the local API Gateway is set up.
 *
 * @param host the address to bind; {@code localhost} and {@code 127.0.0.1} bind both loopback addresses
 * @param port the port, 0 for any free one
 * @param stage the stage of the WebSocket API: clients connect to {@code /{stage}}
 * @param region the Region that signatures on {@code @connections} are scoped to
 * @param accountAccessKeyId the access key id that may call {@code @connections}
 * @param secretAccessKey its secret key
 * @param requestsPerSecond the account's throttle for HTTP requests, messages and callbacks together; 0 for none
 * @param burst the throttle's bucket
 * @param idleTimeout how long a connection lives without a message
 * @param maxDuration how long a connection lives at all
 * @param mark what its connection ids have in common; null for nothing
 */
public record ApiGatewaySettings(
        String host,
        int port,
        String stage,
        String region,
        String accountAccessKeyId,
        Secret secretAccessKey,
        int requestsPerSecond,
        int burst,
        Duration idleTimeout,
        Duration maxDuration,
        @Nullable GatewayMark mark) {

    private static final int MAX_PORT = 65_535;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is out of range or the stage is no path segment
     */
    public ApiGatewaySettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("A port is 0 to " + MAX_PORT + ", not " + port);
        }
        if (stage.isEmpty() || stage.indexOf('/') >= 0) {
            throw new IllegalArgumentException("A stage is one path segment, not '" + stage + "'");
        }
        if (requestsPerSecond < 0 || (requestsPerSecond > 0 && burst < 1)) {
            throw new IllegalArgumentException("A throttle needs a rate of 0 or more and a bucket of 1 or more");
        }
    }

    /**
     * AWS's own values ("Quotas for configuring and running a WebSocket API in API Gateway"): stage {@code gateway}, any
     * port of the loopback addresses, 10 min idle, 2 h in all; the account's throttle is off.
     */
    public static ApiGatewaySettings defaults(String accountAccessKeyId, Secret secretAccessKey) {
        return new ApiGatewaySettings(
                "localhost",
                0,
                "gateway",
                "us-east-1",
                accountAccessKeyId,
                secretAccessKey,
                0,
                0,
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                null);
    }

    /** The same settings on another port. */
    public ApiGatewaySettings withPort(int newPort) {
        return new ApiGatewaySettings(
                host,
                newPort,
                stage,
                region,
                accountAccessKeyId,
                secretAccessKey,
                requestsPerSecond,
                burst,
                idleTimeout,
                maxDuration,
                mark);
    }

    /**
     * The same settings with the account's throttle; AWS's default is 10,000 requests a second and a bucket of 5,000
     * ("Amazon API Gateway quotas").
     */
    public ApiGatewaySettings withThrottle(int newRequestsPerSecond, int newBurst) {
        return new ApiGatewaySettings(
                host,
                port,
                stage,
                region,
                accountAccessKeyId,
                secretAccessKey,
                newRequestsPerSecond,
                newBurst,
                idleTimeout,
                maxDuration,
                mark);
    }
}
