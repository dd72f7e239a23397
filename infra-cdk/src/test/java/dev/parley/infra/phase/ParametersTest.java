package dev.parley.infra.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {

    private static final Map<String, String> DOMAIN =
            Map.of("domain", "chat.example.com", "hostedZone", "Z0123456789EXAMPLE");

    @Test
    void needsNothingForTheSmallestPhase() {
        // When
        Parameters read = read(Map.of());

        // Then
        assertThat(read.phase()).isEqualTo(Phase.MVP);
        assertThat(read.name()).isEqualTo("Parley");
        assertThat(read.domain()).isNull();
        assertThat(read.mockHeartbeats()).isFalse();
        assertThat(read.regions()).containsExactly("us-east-1");
    }

    @Test
    void goesWhereTheCredentialsPointUnlessSomebodySaysOtherwise() {
        assertThat(Parameters.read(key -> null, "eu-west-1").region()).isEqualTo("eu-west-1");
        assertThat(Parameters.read(Map.of("region", "ap-northeast-2")::get, "eu-west-1")
                        .region())
                .isEqualTo("ap-northeast-2");
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, eu-central-1",
        "us-west-2, us-east-1",
        "ap-northeast-2, ap-northeast-1",
        "me-south-1, us-west-2"
    })
    void keepsCopiesInAnotherRegionOfTheSamePartOfTheWorld(String region, String expected) {
        // When
        Parameters read = Parameters.read(key -> null, region);

        // Then
        assertThat(read.backupRegion()).isEqualTo(expected);
        assertThat(read.secondRegion()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void asksForADomainWhereThePhaseHasAnEdge(Phase phase) {
        // Given
        Map<String, String> context = new HashMap<>(Map.of("phase", phase.title()));

        // Then
        if (phase.profile().edge()) {
            assertThatExceptionOfType(InvalidParameterException.class)
                    .isThrownBy(() -> read(context))
                    .withMessageContaining("domain")
                    .withMessageContaining(phase.title());
        } else {
            assertThat(read(context).phase()).isEqualTo(phase);
        }
        context.putAll(DOMAIN);
        assertThat(read(context).domain()).isEqualTo("chat.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "phase, huge",
        "name, 1parley",
        "name, a-b",
        "name, abcdefghijklmnopq",
        "region, nowhere",
        "secondRegion, us-east-1",
        "backupRegion, us-east-1",
        "domain, no_host.example.com",
        "domain, https://example.com",
        "hostedZone, Z0123456789EXAMPLE",
        "hostedZone, zone",
        "alarmEmail, nobody",
        "heartbeats, sometimes",
        "repository, parley",
        "repository, https://github.com/octo-org/parley",
        "repository, octo-org/*",
        "repository, octo-org/parley:environment:production",
        "repository, octo-org@1/parley",
        "environments, production",
        "identityProvider, existing"
    })
    void saysWhichParameterCannotBeUsed(String key, String value) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> read(Map.of(key, value)))
                .withMessageContaining("-c ");
    }

    @ParameterizedTest
    @CsvSource({"environments, test", "environments, 'staging,'", "identityProvider, arn"})
    void saysWhatOfARepositoryCannotBeUsed(String key, String value) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> read(Map.of("repository", "octo-org/parley", key, value)))
                .withMessageContaining("-c " + key);
    }

    @Test
    void takesARepositoryWithOrWithoutItsIds() {
        assertThat(read(Map.of()).repository()).isNull();
        assertThat(read(Map.of("repository", "octo-org/parley")).repository())
                .isEqualTo(new SourceRepository("octo-org/parley", SourceRepository.ENVIRONMENTS, false));
        assertThat(read(Map.of(
                                "repository",
                                "octo-org@123456/parley@456789",
                                "environments",
                                "production",
                                "identityProvider",
                                "existing"))
                        .repository())
                .isEqualTo(new SourceRepository("octo-org@123456/parley@456789", List.of("production"), true));
    }

    @ParameterizedTest
    @CsvSource({"MVP, GROWTH", "GROWTH, SCALE", "SCALE, ENTERPRISE"})
    void growsWithThePhaseAndNeverShrinks(Phase before, Phase after) {
        // Given
        PhaseProfile smaller = before.profile();
        PhaseProfile larger = after.profile();

        // Then
        assertThat(larger.users()).isGreaterThan(smaller.users());
        assertThat(larger.database().maxCapacity())
                .isGreaterThan(smaller.database().maxCapacity());
        assertThat(larger.database().readers())
                .isGreaterThanOrEqualTo(smaller.database().readers());
        assertThat(larger.content().clusters())
                .isGreaterThanOrEqualTo(smaller.content().clusters());
        assertThat(larger.cache().nodes()).isGreaterThan(smaller.cache().nodes());
        assertThat(larger.gateway().connections())
                .isGreaterThan(smaller.gateway().connections());
    }

    @Test
    void namesTheClustersThatContentCanBeMovedTo() {
        assertThat(Phase.GROWTH.profile().clusters())
                .extracting(ClusterSpec::name)
                .containsExactly("zero");
        assertThat(Phase.SCALE.profile().clusters())
                .extracting(ClusterSpec::name)
                .containsExactly("zero", "cluster-2", "cluster-3");
        assertThat(Phase.SCALE.profile().clusters().getFirst().size())
                .isEqualTo(Phase.SCALE.profile().database());
        assertThat(Phase.SCALE.profile().clusters())
                .as("a copy of one is of use together with those of the others only")
                .extracting(cluster -> cluster.size().backupDays())
                .containsOnly(Phase.SCALE.profile().database().backupDays());
    }

    private static Parameters read(Map<String, String> context) {
        return Parameters.read(context::get, null);
    }
}
