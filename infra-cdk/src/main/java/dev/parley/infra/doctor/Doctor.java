package dev.parley.infra.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes all checks at once. */
public final class Doctor {

    private final List<Check> checks;
    private final Duration deadline;

    /**
     * A doctor.
     *
     * @param checks in the order in which their findings are shown
     * @param deadline how long all of them together may take
     */
    public Doctor(List<Check> checks, Duration deadline) {
        this.checks = List.copyOf(checks);
        this.deadline = deadline;
    }

    /** Looks at everything; what does not answer in time is among the findings, as not checked. */
    public DoctorReport examine() throws InterruptedException {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long end = System.nanoTime() + deadline.toNanos();
            List<Future<List<Finding>>> running = new ArrayList<>();
            for (Check check : checks) {
                running.add(executor.submit(check::look));
            }
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                findings.addAll(await(checks.get(i), running.get(i), end - System.nanoTime()));
            }
            return new DoctorReport(findings);
        } finally {
            // Not closed, since that would wait for what did not come in time.
            executor.shutdownNow();
        }
    }

    private static List<Finding> await(Check check, Future<List<Finding>> running, long nanos)
            throws InterruptedException {
        try {
            return running.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return List.of(unknown(check, "It did not answer in time; try again."));
        } catch (ExecutionException e) {
            return List.of(unknown(check, String.valueOf(e.getCause())));
        }
    }

    private static Finding unknown(Check check, String why) {
        return new Finding(check.name(), State.UNKNOWN, "", check.neededFor(), why, false);
    }
}
