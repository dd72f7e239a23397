package dev.parley.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** The processes that hold clients' connections where that is not this one alone. Thread-safe. */
final class GatewayProcesses implements AutoCloseable {

    private final List<GatewayProcess> processes;

    private GatewayProcesses(List<GatewayProcess> processes) {
        this.processes = List.copyOf(processes);
    }

    /**
     * Starts all at once.
     *
     * @throws LocalCloudException if one does not start; none runs then
     */
    static GatewayProcesses start(List<GatewayProcess> processes) {
        GatewayProcesses all = new GatewayProcesses(processes);
        try {
            all.each(GatewayProcess::start);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** Stops all at once. */
    @Override
    public void close() {
        each(GatewayProcess::close);
    }

    private void each(Consumer<GatewayProcess> action) {
        List<CompletableFuture<Void>> work = new ArrayList<>();
        for (GatewayProcess process : processes) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            work.add(done);
            Thread.ofVirtual().start(() -> {
                try {
                    action.accept(process);
                    done.complete(null);
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                }
            });
        }
        try {
            // Waits for all, whatever becomes of one: a process that still starts could not be stopped.
            CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
