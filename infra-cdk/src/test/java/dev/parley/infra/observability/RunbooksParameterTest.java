package dev.parley.infra.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.infra.phase.InvalidParameterException;
import dev.parley.infra.phase.Parameters;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where alarms say that runbooks are. */
class RunbooksParameterTest {

    @Test
    void theyAreInTheRepositoryUnlessSomebodySays() {
        assertThat(Parameters.read(key -> null, null).runbooks()).isEqualTo("docs/runbooks/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://git.example.com/parley/docs/runbooks", "https://git.example.com/parley/docs/runbooks/"})
    void aUrlEndsInOneSlash(String url) {
        assertThat(Parameters.read(Map.of("runbooks", url)::get, null).runbooks())
                .isEqualTo("https://git.example.com/parley/docs/runbooks/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://git.example.com/",
                "git.example.com",
                "https://",
                "https://git.example.com/a?b=c",
                "javascript:x"
            })
    void whatIsNoHttpsUrlIsRefused(String url) {
        assertThatThrownBy(() -> Parameters.read(Map.of("runbooks", url)::get, null))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Parameter runbooks")
                .hasMessageContaining("-c runbooks=VALUE");
    }
}
