package dev.parley.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTableTest {

    @Test
    void aSettingChangesSingleLines() {
        LimitTable table = LimitTable.from(Settings.of(Map.of("PARLEY_LIMITS", "LOGIN=200/60s, REGISTER=7/1s")));

        assertThat(table.bucket(Limit.LOGIN)).isEqualTo(new LimitTable.Bucket(200, Duration.ofSeconds(60)));
        assertThat(table.bucket(Limit.REGISTER)).isEqualTo(new LimitTable.Bucket(7, Duration.ofSeconds(1)));
        assertThat(table.bucket(Limit.CREATE_MESSAGE)).isEqualTo(new LimitTable.Bucket(5, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOGIN | is not NAME=TOKENS/SECONDSs, for example LOGIN=200/60s",
                "LOGIN=1 | is not NAME=TOKENS/SECONDSs, for example LOGIN=200/60s",
                "LOGIN=1/1s, | is not NAME=TOKENS/SECONDSs, for example LOGIN=200/60s",
                "LOGIN=0/1s | has a zero: tokens and seconds are 1 to 999999",
                "LOGIN=1/0s | has a zero: tokens and seconds are 1 to 999999",
                "GLOBAL=1000000/1s | \"GLOBAL=1000000/1s\" has a number that is too large: the largest is 999999",
                "GLOBAL=1/99999999999999999999s | has a number that is too large: the largest is 999999",
                "NONE=1/1s | names no limit; there are ",
            })
    void aMistakeIsRefusedWithWhatWouldDo(String changes, String message) {
        Settings settings = Settings.of(Map.of("PARLEY_LIMITS", changes));

        assertThatThrownBy(() -> LimitTable.from(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("PARLEY_LIMITS: ")
                .hasMessageContaining(message);
    }

    @Test
    void theLargestNumbersAreTaken() {
        LimitTable table = LimitTable.from(Settings.of(Map.of("PARLEY_LIMITS", "GLOBAL=999999/999999s")));

        assertThat(table.bucket(Limit.GLOBAL)).isEqualTo(new LimitTable.Bucket(999_999, Duration.ofSeconds(999_999)));
    }
}
