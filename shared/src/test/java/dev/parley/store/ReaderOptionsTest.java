package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReaderOptionsTest {

    @Test
    void aPinOutlivesTheLagThatIsTaken() {
        assertThat(new ReaderOptions(Duration.ofSeconds(1)).pin()).isEqualTo(Duration.ofSeconds(3));
        assertThat(new ReaderOptions(Duration.ofMinutes(1)).pin()).isEqualTo(Duration.ofSeconds(62));
    }

    @Test
    void refusesALagThatNobodyMeans() {
        assertThatThrownBy(() -> new ReaderOptions(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 s to 1 min");
        assertThatThrownBy(() -> new ReaderOptions(Duration.ofSeconds(61)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
