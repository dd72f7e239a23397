package dev.parley.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.RestClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is stored, as the REST API shows it. */
final class History {

    private static final int PAGE = 100;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private History() {}

    /**
     * Every message of a channel, by its id.
     *
     * @throws IllegalStateException if it cannot be read within a minute
     */
    static Map<Long, String> read(RestClient rest, String token, String channelId) {
        Map<Long, String> messages = new TreeMap<>();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long after = 0;
        while (System.nanoTime() < deadline) {
            RestClient.Reply reply;
            try {
                reply = rest.get("/channels/" + channelId + "/messages?limit=" + PAGE + "&after=" + after, token);
            } catch (UncheckedIOException noAnswer) {
                pause(0);
                continue;
            }
            if (reply.status() != 200) {
                pause(reply.body().path("retry_after").asDouble());
                continue;
            }
            for (JsonNode message : reply.body()) {
                messages.put(
                        Long.parseLong(message.path("id").asText()),
                        message.path("content").asText());
            }
            if (reply.body().size() < PAGE) {
                return messages;
            }
            after = Long.parseLong(reply.body().get(0).path("id").asText());
        }
        throw new IllegalStateException("The history of channel " + channelId + " could not be read");
    }

    private static void pause(double seconds) {
        LockSupport.parkNanos((long) (Math.max(0.2, seconds) * TimeUnit.SECONDS.toNanos(1)));
    }
}
