package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.load.FaultRun.Options;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * A short fault run with a new seed each time. The full one, and the same again: {@code -Dparley.faults.seconds=180
 * -Dparley.faults.seed=N}.
 */
class FaultRunTest {

    /** From here on the run has the size of the full one. */
    private static final int FULL_SECONDS = 120;

    @Test
    void nothingIsLostReorderedOrLeftOutWhileThingsBreak() throws InterruptedException {
        run(false);
    }

    @Test
    void norInGuildsWhoseEventsAreDeliveredPartByPart() throws InterruptedException {
        run(true);
    }

    private static void run(boolean large) throws InterruptedException {
        // Given
        long seed =
                Long.getLong("parley.faults.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
        int seconds =
                Integer.getInteger("parley.faults.seconds", Options.small(seed).seconds());
        Options options = (seconds < FULL_SECONDS ? Options.small(seed) : Options.full(seed)).lasting(seconds);
        options = large ? options.inLargeGuilds() : options;

        // When
        DrillResult result = new FaultRun(options, line -> {}).run();

        // Then
        assertThat(result.passed())
                .as("-Dparley.faults.seconds=%d -Dparley.faults.seed=%d%n%s", seconds, seed, result)
                .isTrue();
    }
}
