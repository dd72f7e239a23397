package dev.parley.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.InvalidSettingException;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {

    private static final String VARIABLE = Setting.DATABASE_CLUSTERS.variable();

    @Test
    void readsTheClustersInTheirOrder() {
        // Given a URL that has a sign of its own
        Settings settings = Settings.of(Map.of(
                VARIABLE,
                "cluster-2=jdbc:postgresql://two:5432/parley?sslmode=require, three=jdbc:postgresql://three/parley"));

        // Then
        assertThat(ClusterSettings.urls(settings, Setting.DATABASE_CLUSTERS))
                .containsExactly(
                        Map.entry("cluster-2", "jdbc:postgresql://two:5432/parley?sslmode=require"),
                        Map.entry("three", "jdbc:postgresql://three/parley"));
    }

    @Test
    void knowsNoneWhenNothingIsSaid() {
        assertThat(ClusterSettings.urls(Settings.of(Map.of()), Setting.DATABASE_CLUSTERS))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://two/parley",
                "two=",
                "two=mysql://two/parley",
                "zero=jdbc:postgresql://two/parley",
                "Two=jdbc:postgresql://two/parley",
                "two=jdbc:postgresql://two/parley,",
                "two=jdbc:postgresql://two/parley,two=jdbc:postgresql://three/parley"
            })
    void refusesWhatIsNoList(String text) {
        Settings settings = Settings.of(Map.of(VARIABLE, text));
        assertThatThrownBy(() -> ClusterSettings.urls(settings, Setting.DATABASE_CLUSTERS))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(VARIABLE);
    }
}
