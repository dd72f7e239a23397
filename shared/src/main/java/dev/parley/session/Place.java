package dev.parley.session;

/**
 * An event's place in its message group, by which a session knows an event that it has.
 *
 * @param group the message group
 * @param sequenceNumber decimal digits that only grow within the group; with a number that the session has seen nothing is
 *     appended. Empty for an event that may be appended again.
 * @param republished whether the event may be in the log under another number
 */
public record Place(String group, String sequenceNumber, boolean republished) {

    /** The same group, for an event that may be appended again. */
    public Place unnumbered() {
        return new Place(group, "", false);
    }
}
