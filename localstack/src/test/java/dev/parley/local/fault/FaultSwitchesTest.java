package dev.parley.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.apigateway.PostFault;
import dev.parley.local.sqs.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultSwitchesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock();
    private final FaultSwitches switches = new FaultSwitches(clock);

    @Test
    void nothingGoesWrongUnlessItIsSet() {
        assertThat(switches.onPost()).isNull();
        assertThat(switches.losesDisconnect()).isFalse();
        assertThat(switches.losesDelete()).isFalse();
        assertThat(switches.delay()).isZero();
        assertThat(switches.fired()).isEmpty();
    }

    @Test
    void theNextEventsGetItAndNoMore() {
        // Given
        switches.set(Fault.POST_GONE, Extent.next(2), Duration.ZERO);

        // When / Then
        assertThat(switches.losesDisconnect()).isFalse();
        assertThat(switches.onPost()).isEqualTo(new PostFault(PostFault.Effect.GONE, Duration.ZERO));
        assertThat(switches.onPost()).isNotNull();
        assertThat(switches.onPost()).isNull();
        assertThat(switches.fired()).containsOnlyKeys("post.gone").containsEntry("post.gone", 2L);
    }

    @Test
    void aRateEndsWithItsTime() {
        // Given
        switches.set(Fault.QUEUE_DUPLICATE, Extent.rate(1, MINUTE), Duration.ZERO);
        assertThat(switches.losesDelete()).isTrue();

        // When
        clock.forward(MINUTE);

        // Then
        assertThat(switches.losesDelete()).isFalse();
    }

    @Test
    void theSameSeedChoosesTheSameEvents() {
        switches.set(Fault.DISCONNECT_LOSE, Extent.rate(0.5, MINUTE), Duration.ZERO);

        assertThat(choices(7)).isEqualTo(choices(7)).isNotEqualTo(choices(8));
    }

    @Test
    void theFirstThatWasSetComesFirst() {
        switches.set(Fault.POST_THROTTLED, Extent.next(1), Duration.ZERO);
        switches.set(Fault.POST_DELAY, Extent.next(1), Duration.ofMillis(5));

        assertThat(switches.onPost()).isEqualTo(new PostFault(PostFault.Effect.THROTTLED, Duration.ZERO));
        assertThat(switches.onPost()).isEqualTo(new PostFault(PostFault.Effect.DELAY, Duration.ofMillis(5)));
    }

    @Test
    void noMoreThanAHundredAreSet() {
        for (int i = 0; i < FaultSwitches.MAX_ACTIVE; i++) {
            switches.set(Fault.POST_GONE, Extent.next(1), Duration.ZERO);
        }

        assertThatThrownBy(() -> switches.set(Fault.POST_GONE, Extent.next(1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Boolean> choices(long seed) {
        switches.seed(seed);
        return IntStream.range(0, 64).mapToObj(i -> switches.losesDisconnect()).toList();
    }
}
