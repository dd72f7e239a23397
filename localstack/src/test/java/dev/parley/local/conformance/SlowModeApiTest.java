package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Slow mode, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class SlowModeApiTest {

    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Place place;

    SlowModeApiTest(LocalCloud cloud) {
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void slowDown() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
        pause(600);
    }

    @Test
    void ofTwoMessagesAtOnceOneWaits() {
        // When
        List<Reply> replies = Stream.of("one", "two", "three")
                .map(text -> rest.sendAsync("POST", messages(), member.token(), Map.of("content", text)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // Then
        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 429, 429);
        Reply refused = replies.stream()
                .filter(reply -> reply.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.body().path("code").asInt()).isEqualTo(20016);
        assertThat(refused.body().path("retry_after").asDouble()).isBetween(500.0, 600.0);
        assertThat(refused.body().path("global").isBoolean()).isTrue();
        assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(500L, 600L);
    }

    @Test
    void whoKeepsOrderDoesNotWait() {
        people.say(owner, place.channelId(), "one");
        people.say(owner, place.channelId(), "two");
    }

    @Test
    void aSecondTryIsNoSecondMessage() {
        // Given
        ObjectNode message =
                Json.object().put("content", "once").put("nonce", "n").put("enforce_nonce", true);
        JsonNode first = rest.post(messages(), member.token(), message).expect(200);

        // Then
        assertThat(rest.post(messages(), member.token(), message).expect(200)).isEqualTo(first);
    }

    @Test
    void aShorterPauseHoldsAtOnce() {
        // Given
        people.say(member, place.channelId(), "one");

        // When
        pause(0);

        // Then
        people.say(member, place.channelId(), "two");
    }

    @Test
    void whatIsRefusedForAnotherReasonCostsNoPause() {
        rest.post(messages(), member.token(), Map.of("content", "")).expect(400);

        people.say(member, place.channelId(), "one");
    }

    private void pause(int seconds) {
        rest.send("PATCH", "/channels/" + place.channelId(), owner.token(), Map.of("rate_limit_per_user", seconds))
                .expect(200);
    }

    private String messages() {
        return "/channels/" + place.channelId() + "/messages";
    }
}
