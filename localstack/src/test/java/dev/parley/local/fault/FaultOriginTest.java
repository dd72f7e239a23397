package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may set faults, where nobody is asked who they are. */
@ExtendWith(LocalCloudExtension.class)
class FaultOriginTest {

    private static final String FAULT = "{\"fault\":\"cut\",\"share\":0}";

    private final LocalCloud cloud;
    private final FaultsClient faults;
    private final HttpClient http = HttpClient.newHttpClient();

    FaultOriginTest(LocalCloud cloud) {
        this.cloud = cloud;
        faults = new FaultsClient(cloud.baseUrl());
    }

    @AfterEach
    void clear() {
        faults.clear();
    }

    @Test
    void aPageOfAnotherSiteSetsNoFault() throws Exception {
        assertThat(setFrom("http://example.com")).isEqualTo(403);
        assertThat(setFrom("null")).isEqualTo(403);
        assertThat(setFrom(cloud.baseUrl() + "0")).isEqualTo(403);
    }

    @Test
    void theConsoleDoes() throws Exception {
        assertThat(setFrom(cloud.baseUrl())).isEqualTo(204);
    }

    private int setFrom(String origin) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cloud.baseUrl() + "/_parley/faults"))
                .timeout(Duration.ofSeconds(20))
                .header("Origin", origin)
                .POST(BodyPublishers.ofString(FAULT))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
