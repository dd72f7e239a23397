package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.protocol.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to the switchboard, right and wrong. */
@ExtendWith(LocalCloudExtension.class)
class FaultRequestTest {

    private final FaultsClient faults;

    FaultRequestTest(LocalCloud cloud) {
        faults = new FaultsClient(cloud.baseUrl());
    }

    @AfterEach
    void clear() {
        faults.clear();
    }

    @Test
    void whatIsSetIsListedUntilItIsCleared() {
        faults.set("{\"fault\":\"queue\",\"effect\":\"delay\",\"delay_ms\":5,\"next\":3}");
        faults.set("{\"fault\":\"post\",\"effect\":\"gone\",\"rate\":0.5,\"seconds\":60}");

        JsonNode active = faults.active();
        assertThat(active.get(0))
                .isEqualTo(Json.parse("{\"fault\":\"queue\",\"effect\":\"delay\",\"next\":3,\"delay_ms\":5}"));
        assertThat(active.get(1).path("rate").asDouble()).isEqualTo(0.5);
        assertThat(active.get(1).path("seconds").asInt()).isBetween(1, 60);

        assertThat(faults.send("DELETE", "").statusCode()).isEqualTo(204);
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void aSeedIsTaken() {
        faults.set("{\"fault\":\"seed\",\"seed\":42}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "nonsense | JSON",
                "[] | JSON object",
                "{} | fault is missing",
                "{\"fault\":1} | fault is a text",
                "{\"fault\":\"fire\"} | not fire",
                "{\"fault\":\"post\"} | effect of post is one of drop_before",
                "{\"fault\":\"post\",\"effect\":\"late\",\"next\":1} | effect of post",
                "{\"fault\":\"cut\",\"effect\":\"deep\",\"share\":1} | cut has no effect",
                "{\"fault\":\"post\",\"effect\":\"gone\"} | Either next, or rate and seconds",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"next\":1,\"rate\":1} | Either next, or rate and seconds",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"next\":0} | next is a whole number from 1",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"next\":1.5} | next is a whole number",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"next\":99999999999} | next is a whole number",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"rate\":2,\"seconds\":1} | rate is a number from 0 to 1",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"rate\":0,\"seconds\":1} | rate is a number over 0",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"rate\":1} | seconds is a number",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"rate\":1,\"seconds\":0} | seconds is a number over 0",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"rate\":1,\"seconds\":1e9} | seconds is a number",
                "{\"fault\":\"post\",\"effect\":\"delay\",\"next\":1} | delay_ms is a whole number",
                "{\"fault\":\"post\",\"effect\":\"delay\",\"next\":1,\"delay_ms\":60001} | delay_ms is a whole number",
                "{\"fault\":\"post\",\"effect\":\"gone\",\"next\":1,\"delay_ms\":1} | no field delay_ms",
                "{\"fault\":\"cut\",\"share\":1.1} | share is a number from 0 to 1",
                "{\"fault\":\"cut\",\"share\":1,\"code\":4000} | code is 1000, 1001 or null",
                "{\"fault\":\"redis\",\"effect\":\"stop\"} | seconds is a number from 0 to 600",
                "{\"fault\":\"postgres\",\"effect\":\"stop\",\"seconds\":1} | is one of restart, pause",
                "{\"fault\":\"functions\",\"effect\":\"kill\",\"next\":1} | no field next",
                "{\"fault\":\"seed\"} | seed is a whole number"
            })
    void aMistakeIsNamed(String request, String message) {
        HttpResponse<String> answer = faults.send("POST", request);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("message").asText()).contains(message);
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void aLongBodyIsRefused() {
        assertThat(faults.send("POST", " ".repeat(5000)).statusCode()).isEqualTo(400);
    }

    @Test
    void otherMethodsAreRefused() {
        assertThat(faults.send("PUT", "{}").statusCode()).isEqualTo(405);
    }
}
