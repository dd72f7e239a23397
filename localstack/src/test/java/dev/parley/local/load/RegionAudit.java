package dev.parley.local.load;

import dev.parley.local.load.Violations.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what is stored after the loss of a Region with what the clients of the other one heard, over the loss. One thread at a
 * time.
 */
final class RegionAudit {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final Map<Long, String> stored;
    private final long channel;
    private final List<FleetSession> sessions;
    private final Violations violations;
    private final Waiting waiting;

    /**
     * What was heard, against what is stored.
     *
     * @param unheard messages that at least one session did not get
     * @param twice messages that at least one session got under two numbers
     * @param lost messages that at least one session got, and that are not stored
     */
    record Heard(long unheard, long twice, long lost) {}

    /**
     * An audit.
     *
     * @param stored every message of the channel, by its id
     * @param sessions those of the Region that was not lost
     */
    RegionAudit(
            Map<Long, String> stored,
            long channel,
            List<FleetSession> sessions,
            Violations violations,
            Waiting waiting) {
        this.stored = stored;
        this.channel = channel;
        this.sessions = sessions;
        this.violations = violations;
        this.waiting = waiting;
    }

    /** A message that is sent again has its nonce, in whichever Region, and is stored once. */
    void once() {
        Map<String, Long> ids = new HashMap<>();
        stored.forEach((id, content) -> {
            Long other = ids.put(content, id);
            if (other != null) {
                violations.add(Kind.STORED_TWICE, "'" + content + "' as " + other + " and " + id);
            }
        });
    }

    /** When the home stays, nothing may be left out, twice, or in another order: its queues have it. */
    Heard withHome(Ledger ledger) {
        awaitAll(stored.keySet());
        new Audit(ledger, violations).streams(channel, stored.keySet(), sessions);
        return heard(twice());
    }

    /**
     * Events in the queues of a lost home are lost with it, though what they tell of may be stored; and one whose outbox row was
     * copied, but not that it is gone, comes again.
     *
     * @param promised messages that were sent when the other Region was the home: all are heard, and once
     */
    Heard withoutHome(Set<Long> promised) {
        awaitAll(promised);
        unheard(promised).forEach(id -> violations.add(Kind.LOST, "message " + id + ", said after the loss"));
        Set<Long> twice = twice();
        twice.stream()
                .filter(promised::contains)
                .forEach(id -> violations.add(Kind.DUPLICATE_UNDER_NEW_S, "message " + id + ", said after the loss"));
        return heard(twice);
    }

    private Heard heard(Set<Long> twice) {
        Set<Long> lost = new HashSet<>();
        for (FleetSession session : sessions) {
            for (long id : session.inbox().of(channel)) {
                if (!stored.containsKey(id)) {
                    lost.add(id);
                }
            }
        }
        return new Heard(unheard(stored.keySet()).size(), twice.size(), lost.size());
    }

    private Set<Long> twice() {
        Set<Long> twice = new HashSet<>();
        for (FleetSession session : sessions) {
            Set<Long> once = new HashSet<>();
            for (long id : session.inbox().of(channel)) {
                if (!once.add(id)) {
                    twice.add(id);
                }
            }
        }
        return twice;
    }

    private Set<Long> unheard(Set<Long> messages) {
        return messages.stream()
                .filter(id ->
                        sessions.stream().anyMatch(session -> session.inbox().sequenceOf(id).length == 0))
                .collect(Collectors.toSet());
    }

    private void awaitAll(Set<Long> messages) {
        waiting.until(
                LONGEST_WAIT,
                () -> unheard(messages).isEmpty(),
                () -> unheard(messages).size() + " messages are not heard by all yet");
    }
}
