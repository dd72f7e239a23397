package dev.parley.functions.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.catalog.Metrics;
import dev.parley.fanout.Event;
import dev.parley.functions.InvokedFunction;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes again what was stored and, after a crash, never fanned out. */
public final class RepublishOutboxFunction extends InvokedFunction {

    private static final Logger log = LoggerFactory.getLogger(RepublishOutboxFunction.class);

    /** Longer than an event needs while all is well, so that little is published twice. */
    private static final Duration AGE = Duration.ofSeconds(10);

    private static final int MOST = 1_000;

    public RepublishOutboxFunction() {
        this(Parley.fromEnvironment());
    }

    public RepublishOutboxFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected Object answer(JsonNode schedule) {
        parley.content().applyOverdue();
        parley.outbox().gather();
        parley.meter().record(Metrics.OUTBOX_AGE, parley.outbox().oldestAge().toMillis() / 1000.0);
        List<Event> events = parley.outbox().olderThan(AGE, MOST);
        Set<String> stuck = new HashSet<>();
        int published = 0;
        for (Event event : events) {
            // What follows in a group must not overtake what the queue did not take.
            String group = event.audience().group().toString();
            if (!stuck.contains(group) && parley.publisher().republish(event)) {
                published++;
            } else {
                stuck.add(group);
            }
        }
        if (!events.isEmpty()) {
            log.warn("{} events waited in the outbox; {} were published again", events.size(), published);
        }
        return Json.object().put("waiting", events.size()).put("published", published);
    }
}
