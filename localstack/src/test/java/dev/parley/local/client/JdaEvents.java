package dev.parley.local.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.hooks.EventListener;

/** What JDA has told and nobody has asked for. Thread-safe. */
final class JdaEvents implements EventListener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<GenericEvent> told = new ArrayList<>();

    @Override
    public synchronized void onEvent(GenericEvent event) {
        told.add(event);
        notifyAll();
    }

    /** Takes the first event of a type for which the test holds. */
    synchronized <T extends GenericEvent> T await(Class<T> type, Predicate<T> matches) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (GenericEvent event : told) {
                if (type.isInstance(event) && matches.test(type.cast(event))) {
                    told.remove(event);
                    return type.cast(event);
                }
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("heard no " + type.getSimpleName());
            }
            wait(millis);
        }
    }

    <T extends GenericEvent> T await(Class<T> type) throws InterruptedException {
        return await(type, event -> true);
    }

    /** Waits for an event of the gateway that JDA has no class for. */
    void awaitRaw(String dispatch) throws InterruptedException {
        await(RawGatewayEvent.class, event -> event.getType().equals(dispatch));
    }
}
