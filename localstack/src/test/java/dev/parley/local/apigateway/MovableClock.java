package dev.parley.local.apigateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that runs like the machine's until it is stopped, and can be put forward. */
public final class MovableClock extends Clock {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Clock> base = new AtomicReference<>(Clock.systemUTC());

    /** Puts it forward. */
    public void advance(Duration by) {
        ahead.accumulateAndGet(by, Duration::plus);
    }

    /** From now on only {@link #advance} moves it. */
    void stop() {
        base.updateAndGet(running -> Clock.fixed(running.instant(), ZoneOffset.UTC));
    }

    @Override
    public Instant instant() {
        return base.get().instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Times are in UTC");
    }
}
