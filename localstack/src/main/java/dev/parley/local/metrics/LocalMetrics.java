package dev.parley.local.metrics;

import dev.parley.local.apigateway.GatewayMeter;
import dev.parley.local.apigateway.LocalPage;
import dev.parley.local.lambda.InvocationMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What the local cloud counts, in Prometheus format under the names that the alert rules use.
 *
 * <p>Thread-safe.
 */
public final class LocalMetrics implements GatewayMeter, InvocationMeter {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter messagesIn = registry.counter("gateway_messages", "direction", "in");
    private final Counter messagesOut = registry.counter("gateway_messages", "direction", "out");
    private final Counter bytesIn = registry.counter("gateway_bytes", "direction", "in");
    private final Counter bytesOut = registry.counter("gateway_bytes", "direction", "out");

    public LocalMetrics() {
        Gauge.builder("gateway_connections_active", connections, AtomicInteger::get)
                .register(registry);
        new UptimeMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
    }

    /** Counts what waits in a queue. */
    public void watchQueue(String queue, Supplier<Number> depth) {
        Gauge.builder("queue_messages", depth).tag("queue", queue).register(registry);
    }

    /** The numbers as they are now. */
    public LocalPage page() {
        return new LocalPage(
                "text/plain; version=0.0.4; charset=utf-8", registry.scrape().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void httpRequest(String method, String routeKey, int status, Duration took) {
        registry.counter("http_requests", "method", method, "route", routeKey, "status", Integer.toString(status))
                .increment();
        Timer.builder("http_request_duration")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .tag("method", method)
                .tag("route", routeKey)
                .register(registry)
                .record(took);
    }

    @Override
    public void connectionOpened() {
        connections.incrementAndGet();
    }

    @Override
    public void connectionClosed() {
        connections.decrementAndGet();
    }

    @Override
    public void messageIn(int bytes) {
        messagesIn.increment();
        bytesIn.increment(bytes);
    }

    @Override
    public void messageOut(int bytes) {
        messagesOut.increment();
        bytesOut.increment(bytes);
    }

    @Override
    public void invoked(String function, Duration took, boolean ok) {
        Timer.builder("lambda_invocation_duration")
                .tag("function", function)
                .tag("outcome", ok ? "ok" : "error")
                .register(registry)
                .record(took);
    }
}
