package dev.parley.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client for browsers: how it is served, its own tests, and people who use it in Chromium. */
@ExtendWith(LocalCloudExtension.class)
class WebClientTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final LocalCloud cloud;
    private final HttpClient http = HttpClient.newHttpClient();

    WebClientTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    static List<String> browserTests() throws IOException {
        return WebProject.tests("browser");
    }

    @Test
    void everyPageOfTheClientIsTheSameDocumentUnderOnePolicy() throws Exception {
        // Given
        String document = get("/").body();

        // When, Then
        assertThat(document).contains("<div id=\"app\">").doesNotContain("<style", "onload=");
        for (String path :
                List.of("/login", "/register", "/settings", "/invite/aB3-x", "/channels/@me", "/channels/12/34")) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).isEqualTo(document);
            assertThat(page.headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains(
                                    "default-src 'none'",
                                    "script-src 'self';",
                                    "frame-ancestors 'none'",
                                    cloud.gatewayUrl())
                            .doesNotContain("unsafe", "*", "data:"));
            assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
        }
    }

    @Test
    void nothingButTheClientsFilesIsServed() throws Exception {
        for (String path : List.of(
                "",
                "index.html",
                "console.html",
                "../web/app.js",
                "%2e%2e/dev/parley/Parley.class",
                "view/..%2fapp.js",
                "..%2fapp.js",
                ".hidden.js",
                "missing.js",
                "vendor/LICENSE")) {
            assertThat(get(build() + path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(get("/client/app.js").statusCode()).isEqualTo(404);
        assertThat(get("/invite/a/b").statusCode()).isEqualTo(404);
        assertThat(get(build() + "app.js").headers().firstValue("content-type"))
                .hasValue("text/javascript; charset=utf-8");
    }

    @Test
    void aBuildsFilesAreKeptForEverAndThoseOfAnotherBuildNotAtAll() throws Exception {
        // When
        HttpResponse<String> own = get(build() + "view/message.js");
        HttpResponse<String> another = get("/client/0123456789abcdef01234567/view/message.js");

        // Then
        assertThat(own.headers().firstValue("cache-control")).hasValue("public, max-age=31536000, immutable");
        assertThat(another.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(another.body()).isEqualTo(own.body());
    }

    @Test
    void aFileThatHasNotChangedIsNotSentAgain() throws Exception {
        for (String path : List.of("/", "/_parley", build() + "app.js")) {
            // Given
            String tag = get(path).headers().firstValue("etag").orElseThrow();

            // When
            HttpResponse<String> again = send(request(path).header("If-None-Match", tag));

            // Then
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).as(path).isEmpty();
        }
    }

    @Test
    void whoeverUnpacksGzipGetsIt() throws Exception {
        // Given
        String path = build() + "vendor/preact.js";
        byte[] plain =
                http.send(request(path).build(), BodyHandlers.ofByteArray()).body();

        // When
        HttpResponse<byte[]> zipped =
                http.send(request(path).header("Accept-Encoding", "gzip, br").build(), BodyHandlers.ofByteArray());

        // Then
        assertThat(zipped.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(zipped.headers().firstValue("vary")).hasValue("accept-encoding");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
                .isEqualTo(plain);
        assertThat(zipped.body()).hasSizeLessThan(plain.length);
    }

    @Test
    void itsTypesFitAndItsPartsDoWhatTheyShould() throws Exception {
        WebProject.install();
        WebProject.run(List.of("npx", "tsc", "--noEmit", "-p", "."), Map.of(), Duration.ofMinutes(3));
        WebProject.runTests(WebProject.tests("unit"), Map.of());
    }

    @ParameterizedTest
    @MethodSource("browserTests")
    void peopleUseItInABrowser(String file) throws Exception {
        Path chromium = WebProject.assumedChromium();
        WebProject.install();
        WebProject.runTests(
                List.of(file), Map.of("PARLEY_URL", cloud.baseUrl(), "PARLEY_CHROMIUM", chromium.toString()));
    }

    /** The folder of the files that the pages refer to now. */
    private String build() throws IOException, InterruptedException {
        Matcher source = Pattern.compile("src=\"(/client/[0-9a-f]+/)app\\.js\"").matcher(get("/").body());
        assertThat(source.find()).isTrue();
        return source.group(1);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(cloud.baseUrl() + path)).timeout(DEADLINE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
