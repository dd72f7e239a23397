package dev.parley.local.region;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client's session in one of two Regions, over as many connections as it takes. One thread at a time. */
final class RegionSession implements AutoCloseable {

    private static final int GUILDS_AND_MESSAGES = 513;

    private final Person user;
    private final List<String> messages = new ArrayList<>();
    private RegionProcess place;
    private String id = "";
    private GatewayClient client;
    private long last;

    /** Begins a session. */
    RegionSession(RegionProcess at, Person user) {
        place = at;
        this.user = user;
        client = GatewayClient.connect(at.gatewayUrl());
        client.awaitOp(10);
        begin();
    }

    Person user() {
        return user;
    }

    /** Where it is now. */
    RegionProcess place() {
        return place;
    }

    /** Its connection. */
    GatewayClient client() {
        return client;
    }

    void resume() {
        client.close();
        client = GatewayClient.connect(place.gatewayUrl());
        client.awaitOp(10);
        client.resume(user.token(), id, last);
    }

    /** Tries to go on in the other Region, which does not know the session, and begins anew there. */
    void moveTo(RegionProcess other) {
        client.close();
        place = other;
        resume();
        assertThat(client.awaitOp(9).path("d").asBoolean(true)).isFalse();
        begin();
    }

    /** Waits for a message, whatever comes before it. */
    void awaitMessage(String messageId) throws InterruptedException {
        while (!messages.contains(messageId)) {
            receive(messages.size() + 1);
        }
    }

    /** The ids of all messages so far, when there are that many. */
    List<String> receive(int count) throws InterruptedException {
        long end = System.nanoTime() + TwoRegions.PATIENCE.toNanos();
        while (messages.size() < count) {
            JsonNode frame = client.frames().poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (frame == null) {
                throw new AssertionError(this + " has " + messages.size() + " of " + count + " messages");
            }
            assertThat(frame.path("op").asInt()).as("op of %s", frame).isNotEqualTo(9);
            if (frame.path("op").asInt() == 0) {
                note(frame);
            }
        }
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        client.close();
    }

    private void begin() {
        client.identify(user.token(), GUILDS_AND_MESSAGES);
        JsonNode ready = client.awaitDispatch("READY");
        id = ready.path("d").path("session_id").asText();
        last = ready.path("s").asLong();
        note(client.awaitDispatch("GUILD_CREATE"));
    }

    private void note(JsonNode frame) {
        long s = frame.path("s").asLong();
        assertThat(s).as("after %d, %s", last, frame).isLessThanOrEqualTo(last + 1);
        if (s <= last) {
            return; // the same frame again, after a send that was cut
        }
        last = s;
        if (frame.path("t").asText().equals("MESSAGE_CREATE")) {
            messages.add(frame.path("d").path("id").asText());
        }
    }

    @Override
    public String toString() {
        return "session " + id + " of " + user.name();
    }
}
