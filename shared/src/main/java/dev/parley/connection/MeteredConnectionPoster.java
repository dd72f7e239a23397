package dev.parley.connection;

import dev.parley.catalog.Metrics;
import dev.parley.telemetry.Meter;
import java.util.concurrent.CompletableFuture;

/**
 * Counts posts and what becomes of them: AWS has no metric for callbacks that fail. A post that another poster refuses
 * before it is sent counts as well, since its client does not get it.
 *
 * <p>Thread-safe.
 */
public final class MeteredConnectionPoster implements ConnectionPoster {

    private final ConnectionPoster poster;
    private final Meter meter;

    /** A poster in front of another one, which it closes. */
    public MeteredConnectionPoster(ConnectionPoster poster, Meter meter) {
        this.poster = poster;
        this.meter = meter;
    }

    @Override
    public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
        return poster.post(connectionId, message).thenApply(this::count);
    }

    @Override
    public CompletableFuture<PostOutcome> disconnect(String connectionId) {
        return poster.disconnect(connectionId);
    }

    @Override
    public void close() {
        poster.close();
    }

    private PostOutcome count(PostOutcome outcome) {
        meter.record(Metrics.POSTS, 1);
        if (outcome == PostOutcome.GONE) {
            meter.record(Metrics.POSTS_GONE, 1);
        } else if (outcome != PostOutcome.DELIVERED) {
            meter.record(Metrics.POST_ERRORS, 1);
        }
        return outcome;
    }
}
