package dev.parley.local.load;

import java.util.Arrays;

/**
 * The messages that one session got, in the order in which they came.
 *
 * <p>Thread-safe.
 */
final class Inbox {

    private long[] ids = new long[8];
    private long[] channels = new long[8];
    private long[] sequence = new long[8];
    private int size;

    /** Adds the message that came with an {@code s}. */
    synchronized void add(long channelId, long messageId, long s) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            channels = Arrays.copyOf(channels, size * 2);
            sequence = Arrays.copyOf(sequence, size * 2);
        }
        ids[size] = messageId;
        channels[size] = channelId;
        sequence[size] = s;
        size++;
    }

    synchronized int size() {
        return size;
    }

    /** The messages of one channel. */
    synchronized long[] of(long channelId) {
        long[] found = new long[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (channels[i] == channelId) {
                found[count++] = ids[i];
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Every {@code s} with which a message came. */
    synchronized long[] sequenceOf(long messageId) {
        long[] found = new long[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (ids[i] == messageId) {
                found[count++] = sequence[i];
            }
        }
        return Arrays.copyOf(found, count);
    }
}
