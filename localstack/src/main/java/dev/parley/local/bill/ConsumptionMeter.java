package dev.parley.local.bill;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Functions;
import dev.parley.catalog.Regions;
import dev.parley.local.apigateway.GatewayMeter;
import dev.parley.local.lambda.InvocationMeter;
import dev.parley.local.sqs.QueueMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Counts what a local cloud does as AWS would meter it. Free tiers are for whoever reads the bill. Thread-safe.
 */
public final class ConsumptionMeter implements GatewayMeter, InvocationMeter, QueueMeter {

    /** API Gateway pricing: WebSocket messages are metered in increments of 32 KB. */
    static final int MESSAGE_BYTES = 32 * 1024;

    /** API Gateway pricing: requests to HTTP APIs are metered in increments of 512 KB. */
    static final int HTTP_BYTES = 512 * 1024;

    /** SQS pricing: each 64 KB of a payload is a request. */
    static final int QUEUE_BYTES = 64 * 1024;

    private static final double MEBIBYTE_MILLIS_A_GIGABYTE_SECOND = 1024 * 1000;

    private final Map<String, Integer> memoryMb = Functions.of(Regions.TWO).stream()
            .collect(Collectors.toUnmodifiableMap(FunctionSpec::name, FunctionSpec::memoryMb));
    private final ConnectionTime connectionTime;
    private final LongAdder websocketMessages = new LongAdder();
    private final LongAdder httpRequests = new LongAdder();
    private final LongAdder invocations = new LongAdder();
    private final LongAdder mebibyteMillis = new LongAdder();
    private final LongAdder queueRequests = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();

    /** A meter that has seen nothing yet. */
    public ConsumptionMeter() {
        this(System::nanoTime);
    }

    ConsumptionMeter(LongSupplier nanoTime) {
        connectionTime = new ConnectionTime(nanoTime);
    }

    /** What it has come to. */
    public Consumption total() {
        return new Consumption(
                websocketMessages.sum(),
                connectionTime.minutes(),
                httpRequests.sum(),
                invocations.sum(),
                mebibyteMillis.sum() / MEBIBYTE_MILLIS_A_GIGABYTE_SECOND,
                queueRequests.sum(),
                bytesOut.sum());
    }

    @Override
    public void httpRequest(String method, String routeKey, int status, Duration took, int bytesIn, int bytesAnswered) {
        httpRequests.add(units(Math.max(bytesIn, bytesAnswered), HTTP_BYTES));
        bytesOut.add(bytesAnswered);
    }

    @Override
    public void connectionOpened() {
        connectionTime.opened();
    }

    @Override
    public void connectionClosed() {
        connectionTime.closed();
    }

    @Override
    public void messageIn(int bytes) {
        websocketMessages.add(units(bytes, MESSAGE_BYTES));
    }

    @Override
    public void messageOut(int bytes) {
        websocketMessages.add(units(bytes, MESSAGE_BYTES));
        bytesOut.add(bytes);
    }

    /** Lambda bills a function's time rounded up to the next millisecond, whether it answered or not (Lambda pricing). */
    @Override
    public void invoked(String function, Duration took, boolean ok) {
        invocations.increment();
        long millis = took.plusNanos(999_999).toMillis();
        mebibyteMillis.add(memoryMb.getOrDefault(function, 0) * millis);
    }

    @Override
    public void queueRequest(String action, int bytes) {
        queueRequests.add(units(bytes, QUEUE_BYTES));
    }

    /** What is empty is metered as one, too. */
    private static int units(int bytes, int unit) {
        return Math.max(1, Math.ceilDiv(bytes, unit));
    }
}
