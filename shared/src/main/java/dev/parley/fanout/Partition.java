package dev.parley.fanout;

/**
 * One part of a large guild's sessions and an event for them, as the queue of deliveries carries it.
 *
 * @param partition which part
 * @param version the guild's version, read after the event was committed
 * @param relayed whether the event comes from another Region, which has its row in the outbox
 * @param repeated whether the event was handed over before, so that sessions may have it under another number
 */
public record Partition(Event event, int partition, long version, boolean relayed, boolean repeated) {

    /** The message group: what goes to one session stays in one group. */
    String group() {
        return event.audience().group() + "#" + partition;
    }
}
