package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePageTest {

    @Test
    void withoutAnythingItIsTheNewestFifty() {
        assertThat(MessagePage.read(null, null, null, null))
                .isEqualTo(new MessagePage(MessagePage.Side.BEFORE, null, 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "x", "", "-1", "99999999999999999999"})
    void aLimitOutOfRangeIsRefused(String limit) {
        assertThatThrownBy(() -> MessagePage.read(null, null, null, limit)).isInstanceOf(ApiException.class);
    }

    @Test
    void anAnchorThatIsNoIdIsRefused() {
        assertThatThrownBy(() -> MessagePage.read(null, "x", null, null)).isInstanceOf(ApiException.class);
    }
}
