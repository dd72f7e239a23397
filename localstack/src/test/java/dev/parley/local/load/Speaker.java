package dev.parley.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.local.load.Violations.Kind;
import dev.parley.protocol.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends messages, and does not let go of one before it knows what became of it: whatever has no answer, or an answer that
 * says to try again, is sent again with the same nonce and {@code enforce_nonce}.
 *
 * <p>Thread-safe.
 */
final class Speaker {

    /** How long one message is tried. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final int LONGEST_PAUSE_MS = 600;
    private static final String FILLER = " the quick brown fox jumps over the lazy dog, and the dog does not mind";

    private final RestClient rest;
    private final Person user;
    private final Ledger ledger;
    private final Violations violations;

    Speaker(RestClient rest, Person user, Ledger ledger, Violations violations) {
        this.rest = rest;
        this.user = user;
        this.ledger = ledger;
        this.violations = violations;
    }

    /** Sends one message, and writes into the ledger what became of it; gives its number. */
    long say(long channelId) {
        long number = ledger.begin();
        JsonNode body = Json.object()
                .put("content", "m" + number + FILLER)
                .put("nonce", "m" + number)
                .put("enforce_nonce", true);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            long pause = ThreadLocalRandom.current().nextLong(100, LONGEST_PAUSE_MS);
            try {
                RestClient.Reply reply = rest.post("/channels/" + channelId + "/messages", user.token(), body);
                if (reply.status() == 200) {
                    ledger.answered(
                            number,
                            channelId,
                            Long.parseLong(reply.body().path("id").asText()));
                    return number;
                }
                if (reply.status() == 429) {
                    pause += (long) (reply.body().path("retry_after").asDouble() * 1000);
                } else if (reply.status() < 500) {
                    violations.add(Kind.REFUSED, "message " + number + " with " + reply.status() + " " + reply.body());
                    ledger.unsettled(number);
                    return number;
                }
            } catch (UncheckedIOException noAnswer) {
                // It may be stored, or not: the nonce makes the next try safe.
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
        ledger.unsettled(number);
        return number;
    }
}
