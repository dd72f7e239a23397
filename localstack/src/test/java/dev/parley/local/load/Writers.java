package dev.parley.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.RestClient;
import dev.parley.local.load.Violations.Kind;
import dev.parley.protocol.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Users of a town that send messages at an even rate through the REST API. A message whose answer is an error, or does not
 * come, is sent again with the same nonce. One thread at a time.
 */
final class Writers implements AutoCloseable {

    /** How long one message is tried, and how long the last ones may take at the end. */
    private static final Duration LONGEST = Duration.ofMinutes(16);

    private final List<Thread> threads = new ArrayList<>();
    private final RestClient rest;
    private final WriteLog log;
    private final Violations violations;
    private volatile boolean writing = true;

    /**
     * Begins to write.
     *
     * @param rate messages a second, of all together
     * @param seed decides in which channels
     */
    Writers(RestClient rest, Town town, double rate, long seed, WriteLog log, Violations violations) {
        this.rest = rest;
        this.log = log;
        this.violations = violations;
        long between = (long) (TimeUnit.SECONDS.toNanos(1) * town.users().size() / rate);
        for (int i = 0; i < town.users().size(); i++) {
            Person user = town.users().get(i);
            List<Long> channels = town.channelsOf(i);
            SplittableRandom dice = new SplittableRandom(seed + i);
            threads.add(Thread.ofVirtual().name("writer-" + i).start(() -> write(user, channels, between, dice)));
        }
    }

    /** Lets the messages that are under way come to their end, and sends no more. */
    @Override
    public void close() {
        writing = false;
        for (Thread thread : threads) {
            try {
                if (!thread.join(LONGEST)) {
                    violations.add(Kind.RUN, "a writer did not come to an end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void write(Person user, List<Long> channels, long between, SplittableRandom dice) {
        long due = System.nanoTime() + dice.nextLong(between);
        while (writing) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(100)));
                continue;
            }
            due = Math.max(due + between, System.nanoTime());
            write(user, channels.get(dice.nextInt(channels.size())), dice);
        }
    }

    private void write(Person user, long channelId, SplittableRandom dice) {
        long number = log.begin();
        String content = "m" + number + " " + dice.nextLong();
        JsonNode body =
                Json.object().put("content", content).put("nonce", "m" + number).put("enforce_nonce", true);
        Instant sent = Instant.now();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            long pause = dice.nextLong(50, 250);
            try {
                RestClient.Reply reply = rest.post("/channels/" + channelId + "/messages", user.token(), body);
                if (reply.status() == 200) {
                    log.acknowledge(reply.body().path("id").asLong(), content, sent);
                    return;
                }
                if (reply.status() == 429) {
                    pause += (long) (reply.body().path("retry_after").asDouble() * 1000);
                } else if (reply.status() >= 500) {
                    log.failed();
                } else {
                    violations.add(Kind.REFUSED, "message " + number + " with " + reply.status() + " " + reply.body());
                    return;
                }
            } catch (UncheckedIOException noAnswer) {
                log.failed();
            }
            if (!writing) {
                return; // it was never acknowledged, and nobody waits for it any more
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
        violations.add(Kind.RUN, "message " + number + " was never answered");
    }
}
