package dev.parley.session;

/**
 * An event's place in its message group, by which a session knows an event that it has.
 *
 * @param group the message group
 * @param sequenceNumber decimal digits that only grow within the group; with a number that the session has seen nothing is
 *     appended. Empty for an event that may be appended again.
 * @param eventId the event's id, which is the same under every number; empty when it has none
 * @param repeated whether the session may have the event under another number
 */
public record Place(String group, String sequenceNumber, String eventId, boolean repeated) {

    /** A place outside of any order: an event that is appended as often as it is given. */
    public static Place unnumbered(String group) {
        return new Place(group, "", "", false);
    }

    /** The place of one of several pieces that an event comes in; only the last one notes the number. */
    public Place piece(int index, boolean last) {
        return new Place(group, last ? sequenceNumber : "", eventId + "." + index, repeated);
    }

    /**
     * The place of an event that came from another Region, with others in one message. Its group is not the one that it would
     * have if it came from this Region, whose numbers say nothing about these.
     *
     * @param index which of the message's events it is, 0 to 99
     */
    public Place relayed(int index) {
        if (index < 0 || index > 99) {
            throw new IllegalArgumentException("A place in a message has two digits: " + index);
        }
        return new Place(
                "relay:" + group,
                sequenceNumber + (char) ('0' + index / 10) + (char) ('0' + index % 10),
                eventId,
                repeated);
    }
}
