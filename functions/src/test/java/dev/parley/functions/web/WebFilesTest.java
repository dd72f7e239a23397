package dev.parley.functions.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What browsers get. */
class WebFilesTest {

    private static final PageHeaders HEADERS =
            new PageHeaders(List.of("wss://a.example", "wss://b.example"), "https://files.example");

    private final Map<String, byte[]> read = new HashMap<>(Map.of(
            "index.html", bytes("<script type=\"module\" src=\"/client/app.js\"></script>"),
            "app.js", bytes("import './view/app.js';"),
            "view/app.js", bytes("export const APP = '/client/';"),
            "vendor/LICENSE", bytes("MIT")));

    @Test
    void aPageNamesTheBuildOfItsFiles() {
        // Given
        WebFiles files = new WebFiles(read);

        // When
        WebReply page = WebReply.page(files, "index.html", HEADERS, "", "");

        // Then
        assertThat(new String(page.body(), StandardCharsets.UTF_8))
                .isEqualTo("<script type=\"module\" src=\"/client/" + files.build() + "/app.js\"></script>");
        assertThat(files.build()).matches("[0-9a-f]{24}");
    }

    @Test
    void theBuildChangesWithAnyFileAndWithNothingElse() {
        // Given
        String build = new WebFiles(read).build();

        // When, Then
        assertThat(new WebFiles(new HashMap<>(read)).build()).isEqualTo(build);
        read.put("view/app.js", bytes("export const APP = 1;"));
        assertThat(new WebFiles(read).build()).isNotEqualTo(build);
    }

    @Test
    void onlyWhatABrowserCanUseIsAFile() {
        // When
        WebFiles files = new WebFiles(read);

        // Then
        assertThat(files.file("view/app.js")).isNotNull();
        for (String name : List.of("index.html", "vendor/LICENSE", "../app.js", "view", "")) {
            assertThat(files.file(name)).as(name).isNull();
        }
        assertThatThrownBy(() -> files.page("app.js")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageMayConnectToTheGatewaysAndTheFilesAndNothingElse() {
        // When
        String policy = HEADERS.headers().getOrDefault("content-security-policy", "");

        // Then
        assertThat(policy)
                .contains("default-src 'none'; ")
                .contains("connect-src 'self' wss://a.example wss://b.example https://files.example; ")
                .contains("img-src 'self' blob: https://files.example; ")
                .doesNotContain("unsafe", "*");
    }

    @Test
    void everyAddressOfThePagesIsAFile() throws Exception {
        // Given
        WebFiles files = new WebFolder().refreshed();

        for (String name : List.of("index.html", "console.html")) {
            // When
            String page = new String(files.page(name).bytes(), StandardCharsets.UTF_8);
            List<String> addresses = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                    .matcher(page)
                    .results()
                    .map(found -> found.group(1))
                    .toList();

            // Then
            String folder = "/client/" + files.build() + '/';
            assertThat(addresses).hasSizeGreaterThan(3).allSatisfy(address -> {
                String path = new URI(address).getPath();
                assertThat(path).startsWith(folder);
                assertThat(files.file(path.substring(folder.length()))).isNotNull();
            });
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
