package dev.parley.fanout;

/**
 * One part of a large guild's sessions and an event for them, as the queue of deliveries carries it.
 *
 * @param partition which part
 * @param version the guild's version, read after the event was committed
 * @param republished whether the event was published again, so that sessions may have it
 */
public record Partition(Event event, int partition, long version, boolean republished) {

    /** The message group: what goes to one session stays in one group. */
    String group() {
        return event.audience().group() + "#" + partition;
    }
}
