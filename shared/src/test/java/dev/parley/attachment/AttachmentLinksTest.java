package dev.parley.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.InvalidSettingException;
import dev.parley.settings.Secret;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AttachmentLinksTest {

    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";
    private static final String PATH = "/attachments/1/2/file.txt";

    @Test
    void aLinkOfTheKeyBeforeWorksUntilThatKeyIsTakenAway() {
        // Given
        String link = links(OLD).link(PATH);

        // Then
        assertThat(isGenuine(links(OLD), link)).isTrue();
        assertThat(isGenuine(links(NEW + "," + OLD), link)).isTrue();
        assertThat(isGenuine(links(NEW), link)).isFalse();
    }

    @Test
    void newLinksAreSignedWithTheFirstKey() {
        assertThat(isGenuine(links(NEW), links(NEW + ", " + OLD).link(PATH))).isTrue();
    }

    @Test
    void aKeyThatIsTooShortIsRefusedAndNotPrinted() {
        assertThatThrownBy(() -> links(NEW + ",hunter2").link(PATH))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("PARLEY_CDN_KEY")
                .hasMessageContaining("32")
                .hasMessageNotContaining("hunter2");
    }

    private static AttachmentLinks links(String keys) {
        Settings settings = Settings.of(Map.of(Setting.CDN_KEY.variable(), keys));
        return new AttachmentLinks(
                () -> "https://chat.example.com",
                () -> read(settings),
                Clock.fixed(Instant.parse("2026-11-28T03:04:05Z"), ZoneOffset.UTC));
    }

    private static List<Secret> read(Settings settings) {
        return settings.keys(Setting.CDN_KEY, AttachmentLinks.SHORTEST_KEY);
    }

    private static boolean isGenuine(AttachmentLinks links, String link) {
        Map<String, String> query = Arrays.stream(URI.create(link).getRawQuery().split("&"))
                .map(parameter -> parameter.split("="))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        return links.isGenuine(PATH, query.get("ex"), query.get("is"), query.get("hm"));
    }
}
