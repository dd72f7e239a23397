package dev.parley.local.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What went against the promises of docs/delivery.md: how often, and the first of it in words.
 *
 * <p>Thread-safe.
 */
final class Violations {

    private static final int IN_WORDS = 20;

    /** What can go wrong. */
    enum Kind {
        /** A session never got a message that is stored, though it got later ones of the channel. */
        LOST,
        /** A session got nothing more of a channel from some message on, however long it was waited for. */
        STALLED,
        /** Two sessions of a guild got its messages in different orders. */
        REORDERED,
        /** An {@code s} was left out. */
        GAP,
        /** A session ended although its client came back in time. */
        SESSION_ENDED,
        /** A message came twice under two numbers. */
        DUPLICATE_UNDER_NEW_S,
        /** A number came twice with different bytes. */
        S_REUSED,
        /** A frame came twice although no sender had died. */
        DUPLICATE_UNEXPLAINED,
        /** A message that was answered with 200 is not stored. */
        ANSWERED_NOT_STORED,
        /** A message came that is not stored. */
        RECEIVED_NOT_STORED,
        /** One nonce was stored twice. */
        STORED_TWICE,
        /** A recovery took longer, or lost more, than it may. */
        OBJECTIVE_MISSED,
        /** A database that was restored to a moment is not what it was then. */
        RESTORED_WRONG,
        /** A request was refused that should not have been. */
        REFUSED,
        /** The run itself did not go as it should: what it says cannot be relied on. */
        RUN
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final List<String> words = new ArrayList<>();

    synchronized void add(Kind kind, String what) {
        counts.merge(kind, 1, Integer::sum);
        if (words.size() < IN_WORDS) {
            words.add(kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + what);
        }
    }

    synchronized int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The first of them. */
    synchronized List<String> words() {
        return List.copyOf(words);
    }
}
