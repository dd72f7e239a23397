package dev.parley.local.apigateway;

import static dev.parley.catalog.HttpMethod.GET;
import static dev.parley.catalog.HttpMethod.POST;

import dev.parley.catalog.Access;
import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.GatewayRoute;
import dev.parley.catalog.HttpMethod;
import dev.parley.catalog.HttpRoute;
import dev.parley.ratelimit.Limit;
import dev.parley.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A running gateway with its own functions and clock. */
final class GatewayFixture implements AutoCloseable {

    static final String ACCESS_KEY = "AKIDPARLEYTEST";
    static final Secret SECRET_KEY = new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 5_000_000;

    final RecordingFunctions functions = new RecordingFunctions();
    final MovableClock clock = new MovableClock();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final ApiGateway gateway;

    GatewayFixture() {
        this(UnaryOperator.identity());
    }

    GatewayFixture(UnaryOperator<ApiGatewaySettings> change) {
        this(change, GatewayMeter.none());
    }

    GatewayFixture(UnaryOperator<ApiGatewaySettings> change, GatewayMeter meter) {
        ApiGatewaySettings settings = change.apply(ApiGatewaySettings.defaults(ACCESS_KEY, SECRET_KEY));
        gateway = new ApiGateway(settings, httpRoutes(), gatewayRoutes(), functions, clock, meter);
        functions
                .answers("Echo", event -> "{\"statusCode\":200,\"body\":\"ok\"}")
                .answers("Connect", "{\"statusCode\":200}")
                .answers("Disconnect", "{\"statusCode\":200}")
                .answers("Default", "{\"statusCode\":200}");
        gateway.start();
    }

    static List<HttpRoute> httpRoutes() {
        return List.of(
                route(GET, "/health", "Echo"),
                route(POST, "/things", "Echo"),
                route(GET, "/things/{thing_id}", "Thing"),
                route(GET, "/things/special", "Special"),
                route(GET, "/things/{thing_id}/parts/{part_id}", "Part"),
                route(GET, "/things/special/first", "First"));
    }

    static List<GatewayRoute> gatewayRoutes() {
        return List.of(
                new GatewayRoute("$connect", function("Connect"), false),
                new GatewayRoute("$disconnect", function("Disconnect"), false),
                new GatewayRoute("$default", function("Default"), true),
                new GatewayRoute("1", function("Heartbeat"), true),
                new GatewayRoute("2", function("Identify"), true),
                new GatewayRoute("3", function("OneWay"), false));
    }

    String http(String path) {
        return "http://localhost:" + gateway.port() + path;
    }

    /** Sends a request with Java's client. */
    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(http(path)));
    }

    /** Waits for a condition. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not in " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        gateway.close();
        functions.close();
        client.shutdownNow();
    }

    static FunctionSpec function(String name) {
        return new FunctionSpec(name, "test." + name, 128, Duration.ofSeconds(10));
    }

    private static HttpRoute route(HttpMethod method, String path, String function) {
        return new HttpRoute(method, path, function(function), Access.PUBLIC, Limit.DEFAULT);
    }
}
