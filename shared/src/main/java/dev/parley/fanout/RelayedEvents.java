package dev.parley.fanout;

import dev.parley.protocol.Json;
import java.util.List;

/**
 * Events of one group on their way from Region to Region, in their order, as one message carries them. Several to a message,
 * since the messages of a group must be sent one after the other and each takes a journey between Regions.
 *
 * @param events at most {@link #MOST}
 */
public record RelayedEvents(List<Relayed> events) {

    /** The message attribute that tells a message of these from one with a single event of this Region. */
    public static final String ATTRIBUTE = "relayed";

    /** A place among the events of a message has two digits. */
    static final int MOST = 100;

    /** @throws IllegalArgumentException if there are none, or too many */
    public RelayedEvents {
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > MOST) {
            throw new IllegalArgumentException("A message has 1 to " + MOST + " events, not " + events.size());
        }
    }

    /**
     * One event.
     *
     * @param repeated whether it may have been sent before
     */
    public record Relayed(Event event, boolean repeated) {}

    /** The body of the message. */
    String encode() {
        return Json.text(this);
    }

    /**
     * Reads a message's body.
     *
     * @throws dev.parley.protocol.InvalidJsonException if it is none
     */
    public static RelayedEvents decode(String body) {
        return Json.read(body, RelayedEvents.class);
    }
}
