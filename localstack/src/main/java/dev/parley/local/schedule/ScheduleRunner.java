package dev.parley.local.schedule;

import dev.parley.catalog.ScheduleSpec;
import dev.parley.local.lambda.FunctionHost;
import dev.parley.local.lambda.InvocationException;
import dev.parley.local.lambda.LocalAccount;
import dev.parley.protocol.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scheduled functions at their rate, the first time at once, with events of EventBridge's shape (EventBridge user
 * guide, "Scheduled events"). A run is handed over and not waited for, so runs may overlap, as on AWS. Runs that fall
 * into a pause of the machine are not made up for.
 *
 * <p>Thread-safe.
 */
public final class ScheduleRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ScheduleRunner.class);
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

    private final FunctionHost host;
    private final Clock clock;
    private final List<Thread> threads;

    /**
     * Starts every schedule.
     *
     * @param clock gives the events their time
     * @param speedUp how many times faster than their rate the schedules run; 1 keeps the rate, 6 runs a schedule of one
     *     minute every 10 s
     * @throws IllegalArgumentException if a schedule would run more often than every 10 ms
     */
    public ScheduleRunner(List<ScheduleSpec> schedules, FunctionHost host, Clock clock, int speedUp) {
        this.host = host;
        this.clock = clock;
        for (ScheduleSpec schedule : schedules) {
            if (speedUp < 1 || period(schedule, speedUp).compareTo(SHORTEST_PERIOD) < 0) {
                throw new IllegalArgumentException(
                        "Schedule " + schedule.name() + " cannot run " + speedUp + " times as fast");
            }
        }
        this.threads = schedules.stream()
                .map(schedule -> Thread.ofVirtual()
                        .name("schedule-" + schedule.name())
                        .unstarted(() -> repeat(schedule, period(schedule, speedUp))))
                .toList();
        threads.forEach(Thread::start);
    }

    /** Stops every schedule. Runs that were handed over go on. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat(ScheduleSpec schedule, Duration period) {
        long next = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                run(schedule);
                next = Math.max(next + period.toNanos(), System.nanoTime());
                Thread.sleep(Duration.ofNanos(next - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            log.debug("Schedule {} ends", schedule.name());
        }
    }

    private void run(ScheduleSpec schedule) {
        try {
            for (int slice = 0; slice < schedule.slices(); slice++) {
                host.invokeAsync(
                        schedule.function().name(),
                        schedule.slices() == 1 ? event(schedule) : input(slice, schedule.slices()));
            }
        } catch (InvocationException e) {
            log.error("Schedule {} did not run: {}", schedule.name(), e.getMessage());
        }
    }

    /** What a schedule's target is given instead of the event where its runs are shared. */
    private static byte[] input(int slice, int slices) {
        return Json.bytes(Json.object().put("slice", slice).put("slices", slices));
    }

    private byte[] event(ScheduleSpec schedule) {
        var event = Json.object()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.scheduler")
                .put("account", LocalAccount.ID)
                .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", LocalAccount.REGION);
        event.putArray("resources").add(LocalAccount.scheduleArn(schedule.name()));
        event.put("detail", "{}");
        return Json.bytes(event);
    }

    private static Duration period(ScheduleSpec schedule, int speedUp) {
        return schedule.rate().dividedBy(Math.max(1, speedUp));
    }
}
