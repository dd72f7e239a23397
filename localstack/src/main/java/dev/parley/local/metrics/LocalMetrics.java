package dev.parley.local.metrics;

import dev.parley.catalog.Metrics;
import dev.parley.catalog.Routes;
import dev.parley.local.alert.Measure;
import dev.parley.local.alert.Probe;
import dev.parley.local.apigateway.GatewayMeter;
import dev.parley.local.apigateway.LocalPage;
import dev.parley.local.bill.ConsumptionMeter;
import dev.parley.local.lambda.InvocationMeter;
import dev.parley.local.lambda.LineSink;
import dev.parley.local.sqs.QueueMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the local cloud counts, and what the functions write of themselves, in Prometheus format under the names that the
 * alert rules use; and the same for the alerts that are evaluated here.
 *
 * <p>Thread-safe.
 */
public final class LocalMetrics implements GatewayMeter, InvocationMeter, QueueMeter, Probe {

    private static final String API = "api";
    private static final String GATEWAY = "gateway";
    private static final String OTHER = "other";

    private static final Set<String> API_FUNCTIONS =
            Routes.http().stream().map(route -> route.function().name()).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> GATEWAY_FUNCTIONS =
            Routes.gateway().stream().map(route -> route.function().name()).collect(Collectors.toUnmodifiableSet());

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final OwnMetrics own = new OwnMetrics(registry);
    private final ConsumptionMeter consumption = new ConsumptionMeter();
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Latencies latencies = new Latencies();
    private final Map<String, Invocations> invocations =
            Map.of(API, new Invocations(), GATEWAY, new Invocations(), OTHER, new Invocations());
    private final List<Supplier<Number>> queues = new CopyOnWriteArrayList<>();
    private final List<Supplier<Number>> deadLetters = new CopyOnWriteArrayList<>();
    private final Counter messagesIn = registry.counter("gateway_messages", "direction", "in");
    private final Counter messagesOut = registry.counter("gateway_messages", "direction", "out");
    private final Counter bytesIn = registry.counter("gateway_bytes", "direction", "in");
    private final Counter bytesOut = registry.counter("gateway_bytes", "direction", "out");

    public LocalMetrics() {
        Gauge.builder("gateway_connections_active", connections, AtomicInteger::get)
                .register(registry);
        invocations.keySet().forEach(service -> registry.counter("lambda_throttles", "service", service));
        new UptimeMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
    }

    /** Invocations of a service's functions since the start. */
    private record Invocations(LongAdder all, LongAdder failed, LongAdder throttled) {

        private Invocations() {
            this(new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    /** The same as AWS would bill it. */
    public ConsumptionMeter consumption() {
        return consumption;
    }

    /** Counts what waits in a queue, and what nobody could handle. */
    public void watchQueue(String queue, Supplier<Number> depth, Supplier<Number> dead) {
        Gauge.builder("queue_messages", depth).tag("queue", queue).register(registry);
        Gauge.builder("queue_dead_letters", dead).tag("queue", queue).register(registry);
        queues.add(depth);
        deadLetters.add(dead);
    }

    /** Takes a line of a function's standard output that has metrics in CloudWatch's embedded format. */
    public void line(String line) {
        own.line(line);
    }

    /** Takes the lines that functions in other processes print: keeps the metrics, and hands on the rest. */
    public LineSink lines(LineSink others) {
        return (function, line) -> {
            if (EmbeddedMetrics.isIn(line)) {
                own.line(line);
            } else {
                others.line(function, line);
            }
        };
    }

    /** Shows a number that somebody measures now and then; not there while it is not known. */
    public void show(String name, Supplier<@Nullable Double> value, String... tags) {
        Gauge.builder(name, () -> {
                    Double current = value.get();
                    return current == null ? Double.NaN : current;
                })
                .tags(tags)
                .register(registry);
    }

    /** As {@link #show}, for a total that only grows. */
    public void showTotal(String name, Supplier<@Nullable Double> value) {
        FunctionCounter.builder(name, value, current -> {
                    Double total = current.get();
                    return total == null ? 0 : total;
                })
                .register(registry);
    }

    @Override
    public void measure(Map<Measure, Double> into) {
        into.put(Measure.REQUESTS, (double) requests.sum());
        into.put(Measure.REQUESTS_FAILED, (double) failures.sum());
        into.put(Measure.CONNECTIONS, (double) connections.get());
        into.put(Measure.QUEUED, sum(queues));
        into.put(Measure.DEAD_LETTERS, sum(deadLetters));
        invocations.forEach((service, counts) -> {
            if (service.equals(API)) {
                into.put(Measure.API_INVOCATIONS, (double) counts.all().sum());
                into.put(Measure.API_THROTTLES, (double) counts.throttled().sum());
            } else if (service.equals(GATEWAY)) {
                into.put(Measure.GATEWAY_INVOCATIONS, (double) counts.all().sum());
                into.put(Measure.GATEWAY_INVOCATIONS_FAILED, (double)
                        counts.failed().sum());
                into.put(Measure.GATEWAY_THROTTLES, (double) counts.throttled().sum());
            }
        });
        into.put(Measure.POSTS, own.total(Metrics.POSTS));
        into.put(Measure.POSTS_FAILED, own.total(Metrics.POST_ERRORS));
        into.put(Measure.MISSED_HEARTBEATS, own.total(Metrics.MISSED_HEARTBEATS));
        put(into, Measure.SESSIONS, own.state(Metrics.SESSIONS));
        put(into, Measure.OUTBOX_AGE, own.state(Metrics.OUTBOX_AGE));
        long[] counts = latencies.counts();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            into.put(Measure.latencyBucket(bucket), (double) counts[bucket]);
        }
    }

    private static void put(Map<Measure, Double> into, Measure measure, OptionalDouble value) {
        if (value.isPresent()) {
            into.put(measure, value.getAsDouble());
        }
    }

    private static double sum(List<Supplier<Number>> numbers) {
        return numbers.stream()
                .mapToDouble(number -> number.get().doubleValue())
                .sum();
    }

    private static String service(String function) {
        if (API_FUNCTIONS.contains(function)) {
            return API;
        }
        return GATEWAY_FUNCTIONS.contains(function) ? GATEWAY : OTHER;
    }

    /** The numbers as they are now. */
    public LocalPage page() {
        return new LocalPage(
                "text/plain; version=0.0.4; charset=utf-8", registry.scrape().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void httpRequest(String method, String routeKey, int status, Duration took, int bytesIn, int bytesAnswered) {
        consumption.httpRequest(method, routeKey, status, took, bytesIn, bytesAnswered);
        requests.increment();
        if (status >= 500) {
            failures.increment();
        }
        latencies.add(took);
        registry.counter("http_requests", "method", method, "route", routeKey, "status", Integer.toString(status))
                .increment();
        Timer.builder("http_request_duration")
                .serviceLevelObjectives(Latencies.BOUNDS.toArray(Duration[]::new))
                .tag("method", method)
                .tag("route", routeKey)
                .register(registry)
                .record(took);
    }

    @Override
    public void connectionOpened() {
        consumption.connectionOpened();
        connections.incrementAndGet();
    }

    @Override
    public void connectionClosed() {
        consumption.connectionClosed();
        connections.decrementAndGet();
    }

    @Override
    public void messageIn(int bytes) {
        consumption.messageIn(bytes);
        messagesIn.increment();
        bytesIn.increment(bytes);
    }

    @Override
    public void messageOut(int bytes) {
        consumption.messageOut(bytes);
        messagesOut.increment();
        bytesOut.increment(bytes);
    }

    @Override
    public void invoked(String function, Duration took, boolean ok) {
        consumption.invoked(function, took, ok);
        String service = service(function);
        Invocations counts = counts(service);
        counts.all().increment();
        if (!ok) {
            counts.failed().increment();
        }
        Timer.builder("lambda_invocation_duration")
                .tag("function", function)
                .tag("service", service)
                .tag("outcome", ok ? "ok" : "error")
                .register(registry)
                .record(took);
    }

    @Override
    public void queueRequest(String action, int bytes) {
        consumption.queueRequest(action, bytes);
        registry.counter("sqs_requests", "action", action).increment();
    }

    @Override
    public void throttled(String function) {
        String service = service(function);
        counts(service).throttled().increment();
        registry.counter("lambda_throttles", "service", service).increment();
    }

    private Invocations counts(String service) {
        return Objects.requireNonNull(invocations.get(service));
    }
}
