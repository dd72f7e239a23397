package dev.parley.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnowflakeGeneratorTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicInteger leased = new AtomicInteger();
    private final WorkerLeases leases = () ->
            new WorkerLease(leased.incrementAndGet(), NOW.plusSeconds(3600).toEpochMilli());

    @Test
    void idsIncreaseAlsoWithinOneMillisecondAndPastItsLastIncrement() {
        // Given a clock that stands still
        SnowflakeGenerator generator = new SnowflakeGenerator(Clock.fixed(NOW, ZoneOffset.UTC), leases);
        Set<Snowflake> ids = new HashSet<>();
        Snowflake last = new Snowflake(0);

        // When
        for (int i = 0; i < 10_000; i++) {
            Snowflake id = generator.next();

            // Then
            assertThat(id).isGreaterThan(last);
            ids.add(id);
            last = id;
        }
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void idsIncreaseWhenTheClockStepsBack() {
        // Given
        StepClock clock = new StepClock(NOW);
        SnowflakeGenerator generator = new SnowflakeGenerator(clock, leases);
        Snowflake before = generator.next();

        // When
        clock.step(Duration.ofMinutes(-10));

        // Then
        assertThat(generator.next()).isGreaterThan(before);
    }

    @Test
    void afterForgettingAnotherWorkerIsLeased() {
        SnowflakeGenerator generator = new SnowflakeGenerator(Clock.fixed(NOW, ZoneOffset.UTC), leases);
        int first = generator.next().worker();

        generator.forget();

        assertThat(generator.next().worker()).isNotEqualTo(first);
    }

    @Test
    void aLeaseThatHasEndedIsNotUsed() {
        StepClock clock = new StepClock(NOW);
        SnowflakeGenerator generator = new SnowflakeGenerator(clock, leases);
        int first = generator.next().worker();

        clock.step(Duration.ofHours(2));

        assertThat(generator.next().worker()).isNotEqualTo(first);
    }

    @Test
    void anIdTellsWhenItWasMade() {
        SnowflakeGenerator generator = new SnowflakeGenerator(Clock.fixed(NOW, ZoneOffset.UTC), leases);

        assertThat(generator.next().timestamp()).isEqualTo(NOW);
    }

    private static final class StepClock extends Clock {

        private Instant now;

        StepClock(Instant now) {
            this.now = now;
        }

        void step(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
