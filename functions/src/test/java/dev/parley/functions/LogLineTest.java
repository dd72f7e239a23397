package dev.parley.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import dev.parley.telemetry.StructuredMessage;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;

/** The shape of a log line, which dashboards and log queries rely on. */
class LogLineTest {

    private final JsonTemplateLayout layout = JsonTemplateLayout.newBuilder()
            .setConfiguration(new DefaultConfiguration())
            .setEventTemplateUri("classpath:ParleyLogLayout.json")
            .build();

    @Test
    void aRequestIsOneLineWithItsSpanAndFields() {
        // Given
        SortedArrayStringMap span = new SortedArrayStringMap();
        span.putValue("request_id", "abc123");
        span.putValue("user_id", "123456789");
        Log4jLogEvent event = Log4jLogEvent.newBuilder()
                .setLevel(Level.INFO)
                .setLoggerName("dev.parley.functions.http.HttpFunction")
                .setTimeMillis(1_735_689_600_000L)
                .setContextData(span)
                .setMessage(new StructuredMessage("Request processed")
                        .with("method", "POST")
                        .with("path", "/api/v1/messages")
                        .with("status", 201)
                        .with("duration_ms", 45L))
                .build();

        // When
        String line = layout.toSerializable(event);

        // Then
        assertThat(line.strip()).doesNotContain("\n");
        JsonNode read = Json.parse(line);
        assertThat(read)
                .isEqualTo(Json.parse("{\"timestamp\":\"2025-01-01T00:00:00.000Z\",\"level\":\"INFO\","
                        + "\"target\":\"dev.parley.functions.http.HttpFunction\",\"message\":\"Request processed\","
                        + "\"span\":{\"request_id\":\"abc123\",\"user_id\":\"123456789\"},"
                        + "\"fields\":{\"method\":\"POST\",\"path\":\"/api/v1/messages\",\"status\":201,"
                        + "\"duration_ms\":45}}"));
    }
}
