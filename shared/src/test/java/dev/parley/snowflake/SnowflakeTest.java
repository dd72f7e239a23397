package dev.parley.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnowflakeTest {

    @Test
    void discordsOwnExampleIsReadAsDocumented() {
        // Discord documentation, "Convert Snowflake to DateTime"
        assertThat(Snowflake.parse("175928847299117063").timestamp())
                .isEqualTo(Instant.ofEpochMilli(1_462_015_105_796L));
    }

    @Test
    void jsonHoldsItAsText() {
        assertThat(Json.text(new Snowflake(175928847299117063L))).isEqualTo("\"175928847299117063\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.0", " 1", "abc", "9223372036854775808", "00000000000000000001", "١٢"})
    void whatIsNoIdIsNull(String text) {
        assertThat(Snowflake.parseOrNull(text)).isNull();
    }
}
