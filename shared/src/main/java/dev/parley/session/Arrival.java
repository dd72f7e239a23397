package dev.parley.session;

import dev.parley.protocol.DispatchType;

/**
 * An event that comes to a session.
 *
 * @param rest the session's frame from after {@code s}; the same text serves all sessions that see the same
 */
public record Arrival(Place place, DispatchType type, String rest) {

    /**
     * An event.
     *
     * @param data the dispatch's {@code d}, JSON
     */
    public static Arrival of(Place place, DispatchType type, String data) {
        return new Arrival(place, type, Frame.dispatchRest(type, data));
    }
}
