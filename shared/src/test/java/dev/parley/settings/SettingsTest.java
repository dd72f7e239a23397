package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "5m,300000", "2h,7200000", "7d,604800000"})
    void durationsAreReadInEveryUnit(String text, long millis) {
        Settings settings = Settings.of(Map.of("PARLEY_RESUME_WINDOW", text));

        assertThat(settings.duration(Setting.RESUME_WINDOW)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aMissingSettingIsNamed() {
        assertThatThrownBy(() -> Settings.of(Map.of()).text(Setting.REDIS_URL))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("PARLEY_REDIS_URL");
    }

    @Test
    void aWrongValueIsNotPrinted() {
        Settings settings = Settings.of(Map.of("PARLEY_RESUME_WINDOW", "hunter2"));

        assertThatThrownBy(() -> settings.duration(Setting.RESUME_WINDOW))
                .hasMessageContaining("PARLEY_RESUME_WINDOW")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSecretDoesNotPrint() {
        Settings settings = Settings.of(Map.of("PARLEY_DATABASE_PASSWORD", "hunter2"));

        assertThat(settings.secret(Setting.DATABASE_PASSWORD).toString()).doesNotContain("hunter2");
    }
}
