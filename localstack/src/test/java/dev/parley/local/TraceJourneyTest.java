package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.fault.Conditions;
import dev.parley.local.lambda.LocalTrace;
import dev.parley.protocol.Json;
import dev.parley.telemetry.Trace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace leads through the log lines of every function that had to do with a message, from the request to the delivery. */
@ExtendWith(LocalCloudExtension.class)
class TraceJourneyTest {

    private static final long GUILDS_AND_MESSAGES = 513;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** More than a guild may have in the shared cloud without being large. */
    private static final int MANY = 26;

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;

    TraceJourneyTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.rest = new RestClient(cloud.baseUrl());
        this.people = new People(rest);
    }

    @Test
    void aMessageIsFollowedFromTheRequestThroughTheQueueToItsDelivery() throws Exception {
        // Given
        Person anna = people.user();
        Place place = people.guild(anna);
        try (GatewayClient listener = GatewayClient.ready(cloud.gatewayUrl(), anna.token(), GUILDS_AND_MESSAGES);
                LogLines log = new LogLines()) {
            String header = LocalTrace.begin(Clock.systemUTC());

            // When
            say(anna, place, "traced", header);
            listener.awaitMessage("traced");

            // Then
            awaitLines(log, header, "/channels/" + place.channelId() + "/messages", "events");
        }
    }

    @Test
    void inALargeGuildItIsFollowedThroughTheSecondQueueToo() throws Exception {
        // Given
        Person anna = people.user();
        Place place = people.guild(anna);
        List<GatewayClient> sessions = new ArrayList<>();
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < MANY; i++) {
                sessions.add(GatewayClient.ready(cloud.gatewayUrl(), anna.token(), GUILDS_AND_MESSAGES));
            }
            String header = LocalTrace.begin(Clock.systemUTC());

            // When
            say(anna, place, "traced far", header);
            for (GatewayClient session : sessions) {
                session.awaitMessage("traced far");
            }

            // Then
            awaitLines(log, header, "/channels/" + place.channelId() + "/messages", "events", "deliveries");
        } finally {
            sessions.forEach(GatewayClient::close);
        }
    }

    /** Waits for a line of each path, in any order: a function logs after it has answered. */
    private static void awaitLines(LogLines log, String header, String... paths) {
        String trace = Trace.root(header);
        Conditions.await(
                "lines of trace " + trace + " in " + List.of(paths),
                () -> Stream.of(paths)
                        .allMatch(path -> log.all().stream()
                                .filter(line -> isOf(trace, line))
                                .anyMatch(line -> line.path("fields")
                                        .path("path")
                                        .asText()
                                        .endsWith(path))));
    }

    private static boolean isOf(String trace, JsonNode line) {
        return line.path("span").path("xray_trace_id").asText().equals(trace)
                || line.path("fields").path("traces").asText().contains(trace);
    }

    private void say(Person author, Place place, String content, String header)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(cloud.baseUrl() + "/api/v10/channels/" + place.channelId() + "/messages"))
                    .timeout(DEADLINE)
                    .header("Authorization", author.token())
                    .header("Content-Type", "application/json")
                    .header(Trace.HEADER, header)
                    .POST(BodyPublishers.ofByteArray(Json.bytes(Json.object().put("content", content))))
                    .build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }
}
