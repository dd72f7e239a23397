package dev.parley.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.InvalidSettingException;
import dev.parley.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayUrlsTest {

    @Test
    void severalUrlsAreGivenOutInTurn() {
        // Given
        GatewayUrls urls = of("wss://a/gateway, wss://b/gateway,wss://c/gateway");

        // Then
        assertThat(urls.next()).isEqualTo("wss://a/gateway");
        assertThat(urls.next()).isEqualTo("wss://b/gateway");
        assertThat(urls.next()).isEqualTo("wss://c/gateway");
        assertThat(urls.next()).isEqualTo("wss://a/gateway");
    }

    @Test
    void oneUrlIsForEverybody() {
        GatewayUrls urls = of("wss://a/gateway");

        assertThat(urls.next()).isEqualTo("wss://a/gateway").isEqualTo(urls.next());
    }

    @Test
    void anEmptyUrlIsRefused() {
        assertThatThrownBy(() -> of("wss://a/gateway,"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("PARLEY_GATEWAY_URL")
                .hasMessageContaining("empty URL");
    }

    private static GatewayUrls of(String setting) {
        return GatewayUrls.of(Settings.of(Map.of("PARLEY_GATEWAY_URL", setting)));
    }
}
