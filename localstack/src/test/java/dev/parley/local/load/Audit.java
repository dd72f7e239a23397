package dev.parley.local.load;

import dev.parley.local.load.Violations.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what the sessions got with what is stored, and with what the senders were told.
 *
 * <p>One thread at a time.
 */
final class Audit {

    private final Ledger ledger;
    private final Violations violations;

    /** A session, as far as what it got is concerned; its text names it. */
    interface Listener {

        Inbox inbox();

        /** Whether the server has ended it, so that it could not get everything. */
        boolean lost();
    }

    Audit(Ledger ledger, Violations violations) {
        this.ledger = ledger;
        this.violations = violations;
    }

    /** Whether sessions have every message of a channel. */
    static boolean haveAll(List<? extends Listener> sessions, long channelId, Set<Long> stored) {
        for (Listener session : sessions) {
            if (!session.lost() && session.inbox().of(channelId).length < stored.size()) {
                return false;
            }
        }
        return true;
    }

    /** Whether everything that was answered is in the history, and nothing twice. */
    void history(long channelId, Map<Long, String> stored) {
        Map<Long, Long> byNumber = new HashMap<>();
        stored.forEach((id, content) -> {
            Long other = byNumber.put(Ledger.numberOf(content), id);
            if (other != null) {
                violations.add(
                        Kind.STORED_TWICE,
                        "message " + Ledger.numberOf(content) + " as " + other + " and " + id + " in " + channelId);
            }
        });
        ledger.answered().forEach((number, answer) -> {
            if (answer.channelId() == channelId && !stored.containsKey(answer.messageId())) {
                violations.add(
                        Kind.ANSWERED_NOT_STORED,
                        "message " + number + ", answered as " + answer.messageId() + " in " + channelId);
            }
        });
    }

    /** Whether sessions that see a channel got exactly what is stored, once and in one order. */
    void streams(long channelId, Set<Long> stored, List<? extends Listener> sessions) {
        Map<Long, Integer> order = order(channelId, sessions);
        for (Listener session : sessions) {
            if (session.lost()) {
                continue; // counted where it was lost; what it missed says nothing more
            }
            long[] got = session.inbox().of(channelId);
            Set<Long> once = new HashSet<>();
            int latest = -1;
            for (long id : got) {
                if (!once.add(id)) {
                    violations.add(
                            Kind.DUPLICATE_UNDER_NEW_S,
                            session + ": message " + id + " came with s "
                                    + Arrays.toString(session.inbox().sequenceOf(id)));
                    continue;
                }
                if (!stored.contains(id)) {
                    violations.add(Kind.RECEIVED_NOT_STORED, session + ": message " + id + " of " + channelId);
                }
                int place = order.getOrDefault(id, Integer.MAX_VALUE);
                if (place < latest) {
                    violations.add(
                            Kind.REORDERED,
                            session + ": message " + id + " of " + channelId + " came after later ones");
                }
                latest = Math.max(latest, place == Integer.MAX_VALUE ? latest : place);
            }
            missing(channelId, stored, session, once, order, latest);
        }
    }

    /** @param latest the place in the order of the latest message that the session got; -1 when it got none */
    private void missing(
            long channelId, Set<Long> stored, Listener session, Set<Long> got, Map<Long, Integer> order, int latest) {
        int behind = 0;
        for (long id : stored) {
            if (got.contains(id)) {
                continue;
            }
            if (order.getOrDefault(id, Integer.MAX_VALUE) < latest) {
                violations.add(
                        Kind.LOST, session + ": message " + id + " of " + channelId + ", though later ones came");
            } else {
                behind++;
            }
        }
        if (behind > 0) {
            violations.add(Kind.STALLED, session + ": the last " + behind + " messages of " + channelId);
        }
    }

    /** The order that the session with the most messages has. */
    private static Map<Long, Integer> order(long channelId, List<? extends Listener> sessions) {
        long[] longest = {};
        for (Listener session : sessions) {
            long[] got = session.inbox().of(channelId);
            if (!session.lost() && got.length > longest.length) {
                longest = got;
            }
        }
        Map<Long, Integer> places = new HashMap<>();
        for (long id : longest) {
            places.putIfAbsent(id, places.size());
        }
        return places;
    }
}
