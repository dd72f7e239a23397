package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void textNestedTooDeepIsRefused() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void textBehindTheValueIsRefused() {
        assertThatThrownBy(() -> Json.read("{} {}", Object.class)).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void recordsAreWrittenInSnakeCaseWithTheirNulls() {
        record Sample(String twoWords, Integer count) {}

        assertThat(Json.text(new Sample("x", null))).isEqualTo("{\"two_words\":\"x\",\"count\":null}");
    }
}
