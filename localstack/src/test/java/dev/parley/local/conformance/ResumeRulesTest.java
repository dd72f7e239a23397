package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.catalog.Routes;
import dev.parley.local.HeldFunction;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * When a session goes on and when it does not (Discord developer documentation, "Gateway": "Resuming"). Who may not resume
 * hears op 9 with {@code d: false} and nothing else.
 */
@ExtendWith(LocalCloudExtension.class)
class ResumeRulesTest {

    /** Which of two frames comes first is seen in many tries only. */
    private static final int TRIES = 20;

    private static final long GUILDS_AND_MESSAGES = 513;
    private static final String NOBODYS_SESSION = "0123456789abcdef0123456789abcdef";

    private final LocalCloud cloud;
    private final People people;

    ResumeRulesTest(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
    }

    /** A session as its client knows it. */
    private record Session(GatewayClient client, String id, String resumeUrl, long seen) {}

    /** As serenity sends it. A HELLO that came after RESUMED would have it begin again. */
    @Test
    void resumeBeforeHelloIsAnsweredAfterIt() {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        Session session = begin(user, place);
        session.client().cut();
        people.say(user, place.channelId(), "missed");
        long seen = session.seen();
        int missed = 1;

        for (int i = 0; i < TRIES; i++) {
            // When
            try (GatewayClient back = GatewayClient.connect(session.resumeUrl())) {
                back.resume(user.token(), session.id(), seen);

                // Then
                assertThat(back.next().path("op").asInt()).as("HELLO, try " + i).isEqualTo(10);
                for (; missed > 0; missed--) {
                    JsonNode message = back.next();
                    assertThat(message.path("d").path("content").asText()).isEqualTo("missed");
                    assertThat(message.path("s").asLong()).isEqualTo(++seen);
                }
                JsonNode resumed = back.next();
                assertThat(resumed.path("t").asText()).isEqualTo("RESUMED");
                assertThat(resumed.path("s").asLong()).isEqualTo(++seen);
                back.cut();
            }
        }
    }

    /** A greeting can be lost, and what does not wait for it is then not to wait for ever. */
    @Test
    void resumeGoesOnWhereHelloNeverComes() {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        Session session = begin(user, place);
        session.client().cut();
        people.say(user, place.channelId(), "missed");
        try (HeldFunction _ = HeldFunction.hold(cloud, Routes.HELLO.name());
                GatewayClient back = GatewayClient.connect(session.resumeUrl())) {

            // When
            back.resume(user.token(), session.id(), session.seen());

            // Then
            assertThat(back.next().path("d").path("content").asText()).isEqualTo("missed");
            assertThat(back.next().path("t").asText()).isEqualTo("RESUMED");
        }
    }

    @Test
    void anotherUsersSessionStaysTheirs() {
        // Given
        Person owner = people.user();
        Person thief = people.user();
        Place place = people.guild(owner);
        Session session = begin(owner, place);
        try (GatewayClient client = session.client();
                GatewayClient stranger = GatewayClient.connect(session.resumeUrl())) {
            stranger.awaitOp(10);

            // When
            stranger.resume(thief.token(), session.id(), session.seen());

            // Then
            expectRefused(stranger);
            people.say(owner, place.channelId(), "private");
            client.awaitMessage("private");
            expectSilence(stranger);
        }
    }

    @Test
    void aSessionThatNeverWasIsRefused() {
        Person user = people.user();
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);

            client.resume(user.token(), NOBODYS_SESSION, 1);
            expectRefused(client);

            client.resume(user.token(), "no session id", 1);
            expectRefused(client);
            expectSilence(client);
        }
    }

    @Test
    void aSeqThatWasNeverSentIsRefused() {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        Session session = begin(user, place);
        try (GatewayClient client = session.client();
                GatewayClient back = GatewayClient.connect(session.resumeUrl())) {
            back.awaitOp(10);

            // When
            back.resume(user.token(), session.id(), session.seen() + 1);

            // Then
            expectRefused(back);
            people.say(user, place.channelId(), "still here");
            client.awaitMessage("still here");
            expectSilence(back);
        }
    }

    @Test
    void aSeqThatWasAcknowledgedLongAgoIsRefused() {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        Session session = begin(user, place);
        session.client().send(1, Json.parse(Long.toString(session.seen())));
        session.client().awaitOp(11);
        session.client().cut();
        try (GatewayClient back = GatewayClient.connect(session.resumeUrl())) {
            back.awaitOp(10);

            // When
            back.resume(user.token(), session.id(), session.seen() - 1);

            // Then
            expectRefused(back);
        }
    }

    @Test
    void whoIsRefusedMayIdentifyOnTheSameConnection() {
        // Given
        Person user = people.user();
        try (GatewayClient client = GatewayClient.connect(cloud.gatewayUrl())) {
            client.awaitOp(10);
            client.resume(user.token(), NOBODYS_SESSION, 1);
            expectRefused(client);

            // When
            client.identify(user.token(), GUILDS_AND_MESSAGES);

            // Then
            assertThat(client.next().path("t").asText()).isEqualTo("READY");
        }
    }

    @Test
    void theFormerConnectionIsClosed() throws Exception {
        // Given
        Person user = people.user();
        Place place = people.guild(user);
        Session session = begin(user, place);
        try (GatewayClient former = session.client();
                GatewayClient back = GatewayClient.connect(session.resumeUrl())) {
            back.awaitOp(10);

            // When
            back.resume(user.token(), session.id(), session.seen());

            // Then
            back.awaitDispatch("RESUMED");
            assertThat(former.awaitClose()).isEqualTo(1000);
            people.say(user, place.channelId(), "over here");
            back.awaitMessage("over here");
        }
    }

    private Session begin(Person user, Place place) {
        GatewayClient client = GatewayClient.connect(cloud.gatewayUrl());
        client.awaitOp(10);
        client.identify(user.token(), GUILDS_AND_MESSAGES);
        JsonNode ready = client.awaitDispatch("READY").path("d");
        people.say(user, place.channelId(), "hello");
        long seen = client.awaitMessage("hello").path("s").asLong();
        return new Session(
                client,
                ready.path("session_id").asText(),
                ready.path("resume_gateway_url").asText(),
                seen);
    }

    private static void expectRefused(GatewayClient client) {
        JsonNode answer = client.next();
        assertThat(answer.path("op").asInt()).isEqualTo(9);
        assertThat(answer.path("d").asBoolean(true)).isFalse();
    }

    /** Whatever had been sent to it would have come before the answer. */
    private static void expectSilence(GatewayClient client) {
        client.send(1, null);
        assertThat(client.next().path("op").asInt()).isEqualTo(11);
    }
}
