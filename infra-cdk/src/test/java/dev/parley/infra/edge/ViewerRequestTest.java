package dev.parley.infra.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script at the edge, run by Node. */
class ViewerRequestTest {

    private static final int MAX_BYTES = 10 * 1024;

    @Test
    void tellsTheAddressThatCloudFrontSawAndNotTheClientsOwnWord() throws Exception {
        // When
        JsonNode request = handle("/api/v10/users/@me", "{'x-parley-viewer': {value: '198.51.100.1'}}");

        // Then
        assertThat(request.at("/headers/x-parley-viewer/value").asText()).isEqualTo("203.0.113.7");
        assertThat(request.path("uri").asText()).isEqualTo("/api/v10/users/@me");
    }

    @ParameterizedTest
    @CsvSource({
        "/gateway,/gateway",
        "/gateway/,/gateway",
        "/gateway/bot/,/gateway/bot/",
        "/api/v10/gateway,/api/v10/gateway"
    })
    void takesTheSlashFromTheGatewaysPathAndFromNoOther(String uri, String expected) throws Exception {
        // When
        JsonNode request = handle(uri, "{}");

        // Then
        assertThat(request.path("uri").asText()).isEqualTo(expected);
        assertThat(request.at("/querystring/v/value").asText()).isEqualTo("10");
    }

    @Test
    void isSmallEnoughForCloudFront() {
        assertThat(ViewerRequest.source().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_BYTES);
    }

    private static JsonNode handle(String uri, String headers) throws IOException, InterruptedException {
        String call = "console.log(JSON.stringify(handler({viewer: {ip: '203.0.113.7'}, request: {uri: '" + uri
                + "', querystring: {v: {value: '10'}}, headers: " + headers + "}})))";
        Process node = new ProcessBuilder("node", "-e", ViewerRequest.source() + call)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).as(output).isZero();
            return new ObjectMapper().readTree(output);
        } finally {
            node.destroyForcibly();
        }
    }
}
