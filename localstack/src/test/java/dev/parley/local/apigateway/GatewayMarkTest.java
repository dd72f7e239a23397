package dev.parley.local.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayMarkTest {

    private static final int IDS = 500;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 31, 32, 62, 63})
    void everyIdOfAGatewayNamesIt(int number) {
        // Given
        GatewayIds ids = new GatewayIds(new GatewayMark(number));

        // When
        Set<String> made = new HashSet<>();
        for (int i = 0; i < IDS; i++) {
            made.add(ids.connectionId());
        }

        // Then
        assertThat(made).hasSize(IDS).allSatisfy(id -> {
            assertThat(GatewayIds.isConnectionId(id)).isTrue();
            assertThat(GatewayMark.numberIn(id)).isEqualTo(number);
        });
    }

    @Test
    void whatIsNoIdNamesNone() {
        assertThat(GatewayMark.numberIn("")).isEqualTo(-1);
        assertThat(GatewayMark.numberIn("=abc")).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64})
    void aNumberThatFitsIntoNoCharacterIsRefused(int number) {
        assertThatThrownBy(() -> new GatewayMark(number)).isInstanceOf(IllegalArgumentException.class);
    }
}
