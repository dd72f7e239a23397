package dev.parley.local.region;

import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.local.DatabaseAccess;
import dev.parley.local.command.ParleyProcess;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.LocalPostgres;
import dev.parley.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Two whole local clouds on one PostgreSQL. A guild is large from 10 sessions on, so that one with clients of both can be large in one
 * Region and not in the other. One thread at a time.
 */
final class TwoRegions implements AutoCloseable {

    /** The slowest thing waited for is a queue that tries again after 30 s. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Map<String, String> SETTINGS = Map.of(Setting.LARGE_GUILD.variable(), "10");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final RegionProcess home;
    private final RegionProcess second;

    private TwoRegions(Path folder) throws InterruptedException {
        try {
            LocalPostgres postgres = keep(LocalPostgres.start(folder.resolve("postgres"), BinaryCache.ofUser()));
            DatabaseAccess database = DatabaseAccess.of(postgres);
            int queues = ParleyProcess.freePort();
            int otherQueues = ParleyProcess.freePort();
            home = keep(new RegionProcess(folder.resolve("home"), true, queues, otherQueues, database, SETTINGS));
            second = keep(new RegionProcess(folder.resolve("second"), false, otherQueues, queues, database, SETTINGS));
            home.start();
            second.start();
        } catch (RuntimeException | AssertionError | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Starts both; takes some seconds. */
    static TwoRegions start(Path folder) throws InterruptedException {
        return new TwoRegions(folder);
    }

    /** The Region that was there first, which is the home unless it is started otherwise. */
    RegionProcess home() {
        return home;
    }

    RegionProcess second() {
        return second;
    }

    List<RegionProcess> both() {
        return List.of(home, second);
    }

    void awaitEmptyQueues() {
        for (RegionProcess region : both()) {
            Queues.of(Regions.TWO)
                    .forEach(queue -> await(queue.name() + " is not empty", () -> region.depth(queue.name()) == 0));
        }
    }

    static void await(String otherwise, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("After " + PATIENCE.toSeconds() + " s: " + otherwise);
                }
                LockSupport.parkNanos(50_000_000);
            }
        } catch (Exception e) {
            throw new AssertionError(otherwise, e);
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A part of two Regions did not end", e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }
}
