package dev.parley.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTableTest {

    @Test
    void aSettingChangesSingleLines() {
        LimitTable table = LimitTable.from(Settings.of(Map.of("PARLEY_LIMITS", "LOGIN=200/60s, REGISTER=7/1s")));

        assertThat(table.bucket(Limit.LOGIN)).isEqualTo(new LimitTable.Bucket(200, Duration.ofSeconds(60)));
        assertThat(table.bucket(Limit.REGISTER)).isEqualTo(new LimitTable.Bucket(7, Duration.ofSeconds(1)));
        assertThat(table.bucket(Limit.CREATE_MESSAGE)).isEqualTo(new LimitTable.Bucket(5, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGIN", "LOGIN=1", "LOGIN=0/1s", "LOGIN=1/0s", "NONE=1/1s", "LOGIN=1/1s,"})
    void aMistakeIsRefused(String changes) {
        Settings settings = Settings.of(Map.of("PARLEY_LIMITS", changes));

        assertThatThrownBy(() -> LimitTable.from(settings)).isInstanceOf(IllegalArgumentException.class);
    }
}
