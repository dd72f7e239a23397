package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.apigateway.RawClient;
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
    void aNameThatItsOwnerCanLeadHereSetsNoFault() {
        assertThat(setAt("attacker.example")).isEqualTo(403);
        assertThat(setAt("attacker.example:" + port())).isEqualTo(403);
        assertThat(setAt("notlocalhost:" + port())).isEqualTo(403);
        assertThat(setAt("127.0.0.1.attacker.example:" + port())).isEqualTo(403);
    }

    @Test
    void theConsoleDoes() throws Exception {
        assertThat(setFrom(cloud.baseUrl())).isEqualTo(204);
        assertThat(setAt("localhost:" + port())).isEqualTo(204);
        assertThat(setAt("parley.localhost:" + port())).isEqualTo(204);
        assertThat(setAt("[::1]:" + port())).isEqualTo(204);
    }

    @Test
    void whatIsNoBrowserDoes() {
        assertThat(send("POST /_parley/faults HTTP/1.1\r\nHost: parley.example\r\n"))
                .isEqualTo(204);
    }

    /** From a page of an address that leads here. */
    private int setAt(String host) {
        return send("POST /_parley/faults HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host + "\r\n");
    }

    private int send(String head) {
        try (RawClient client = new RawClient("127.0.0.1", port())) {
            return client.send(head + "Content-Length: " + FAULT.length() + "\r\n\r\n" + FAULT)
                    .read()
                    .status();
        }
    }

    private int port() {
        return URI.create(cloud.baseUrl()).getPort();
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
