package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.InvalidSettingException;
import dev.parley.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and which address a request is said to have. */
class EdgeTest {

    private static final String NOW = "n".repeat(64);
    private static final String BEFORE = "b".repeat(64);
    private static final String PEER = "130.176.0.1";

    private static Edge edge(String secret) {
        return new Edge(Settings.of(Map.of("PARLEY_EDGE_SECRET", secret)));
    }

    private static Edge edge() {
        return edge("{\"current\":\"" + NOW + "\",\"previous\":\"" + BEFORE + "\"}");
    }

    @Test
    void withoutASecretEverybodyIsAdmittedAndNobodyBelieved() {
        // Given
        Edge edge = new Edge(Settings.of(Map.of()));
        Map<String, String> forged = Map.of("x-parley-edge", "", "x-parley-viewer", "203.0.113.7");

        // Then
        assertThat(edge.admits(null)).isTrue();
        assertThat(edge.admits(forged)).isTrue();
        assertThat(edge.address(forged, PEER)).isEqualTo(PEER);
        assertThat(edge.proof()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "current"})
    void aRequestWithAWrongSecretIsNeitherAdmittedNorBelieved(String given) {
        // Given
        Map<String, String> headers = Map.of("x-parley-edge", given, "x-parley-viewer", "203.0.113.7");

        // Then
        assertThat(edge().admits(headers)).isFalse();
        assertThat(edge().address(headers, PEER)).isEqualTo(PEER);
    }

    @Test
    void aRequestWithoutHeadersIsNotAdmitted() {
        assertThat(edge().admits(null)).isFalse();
        assertThat(edge().admits(Map.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "b"})
    void bothSecretsAreAcceptedWhileOneReplacesTheOther(String letter) {
        // Given
        Map<String, String> headers = Map.of("x-parley-edge", letter.repeat(64), "x-parley-viewer", "2001:db8::7");

        // Then
        assertThat(edge().admits(headers)).isTrue();
        assertThat(edge().address(headers, PEER)).isEqualTo("2001:db8::7");
    }

    @Test
    void headersAreFoundInAnyCase() {
        // Given
        Map<String, String> headers = Map.of("X-Parley-Edge", NOW, "X-Parley-Viewer", "203.0.113.7");

        // Then
        assertThat(edge().admits(headers)).isTrue();
        assertThat(edge().address(headers, PEER)).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "somewhere", "203.0.113.7, 10.0.0.1", "203.0.113.7:443"})
    void whatIsNoAddressIsNotBelievedEvenFromTheEdge(String told) {
        assertThat(edge().address(Map.of("x-parley-edge", NOW, "x-parley-viewer", told), PEER))
                .isEqualTo(PEER);
    }

    @Test
    void theSystemProvesItselfWithTheCurrentSecret() {
        assertThat(edge().proof()).isEqualTo(Map.of("x-parley-edge", NOW));
        assertThat(edge().admits(edge().proof())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2-no-json", "{}", "[]", "{\"current\":\"hunter2\"}", "{\"previous\":\"hunter2\"}"})
    void aSettingThatWouldLetAnybodyInIsRefusedWithoutBeingPrinted(String setting) {
        assertThatThrownBy(() -> edge(setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("PARLEY_EDGE_SECRET")
                .hasMessageNotContaining("hunter2");
    }
}
