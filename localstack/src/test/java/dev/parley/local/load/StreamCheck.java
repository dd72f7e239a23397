package dev.parley.local.load;

import org.jspecify.annotations.Nullable;

/**
 * Holds one session's stream to what is promised of it: {@code s} grows by one, and a frame that comes again is the same to
 * the byte.
 *
 * <p>One thread at a time.
 */
final class StreamCheck {

    /** What a frame is to the stream. */
    enum Verdict {
        NEXT,
        /** It came before, with the same {@code s} and the same bytes. */
        AGAIN,
        /** It came before under this {@code s} with other bytes. */
        CHANGED,
        /** It came so long ago that its bytes are no longer known. */
        TOO_OLD,
        /** Frames before it are missing; the stream goes on from it. */
        GAP
    }

    private final int remembered;
    private long @Nullable [] prints;
    private long last;

    /**
     * A stream that nothing has come on.
     *
     * @param remembered frames whose bytes are remembered, at least 1
     */
    StreamCheck(int remembered) {
        this.remembered = remembered;
    }

    /** The {@code s} of the newest frame; 0 before the first. */
    long last() {
        return last;
    }

    /** Begins anew, as a new session does. */
    void reset() {
        last = 0;
        prints = null;
    }

    /**
     * Takes a frame.
     *
     * @param s at least 1
     * @param print tells its bytes from others
     */
    Verdict take(long s, long print) {
        long[] known = prints;
        if (known == null) {
            known = new long[remembered];
            prints = known;
        }
        int place = (int) (s % remembered);
        if (s <= last) {
            if (last - s >= remembered) {
                return Verdict.TOO_OLD;
            }
            return known[place] == print ? Verdict.AGAIN : Verdict.CHANGED;
        }
        boolean gap = s != last + 1;
        last = s;
        known[place] = print;
        return gap ? Verdict.GAP : Verdict.NEXT;
    }
}
