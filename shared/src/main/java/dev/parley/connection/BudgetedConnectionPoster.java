package dev.parley.connection;

import dev.parley.ratelimit.PostBudget;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Posts within the deployment's budget. A post that has waited too long for its turn ends as {@code THROTTLED} without
 * being sent: its sender's lease goes on meanwhile, and what it sent after the lease had ended could overtake.
 *
 * <p>Closing a connection does not wait: it happens once in a connection's life, and ends what costs posts.
 *
 * <p>Thread-safe.
 */
public final class BudgetedConnectionPoster implements ConnectionPoster {

    private final ConnectionPoster poster;
    private final PostBudget budget;
    private final Duration longestWait;

    /**
     * A poster in front of another one, which it closes.
     *
     * @param longestWait how long a post waits for its turn; with the other poster's timeout it must be within half a lease
     */
    public BudgetedConnectionPoster(ConnectionPoster poster, PostBudget budget, Duration longestWait) {
        this.poster = poster;
        this.budget = budget;
        this.longestWait = longestWait;
    }

    @Override
    public CompletableFuture<PostOutcome> post(String connectionId, byte[] message) {
        CompletableFuture<Void> turn = budget.acquire();
        if (turn.isDone()) {
            return poster.post(connectionId, message);
        }
        return turn.orTimeout(longestWait.toMillis(), TimeUnit.MILLISECONDS)
                .handle((given, late) -> late == null)
                .thenCompose(given -> given
                        ? poster.post(connectionId, message)
                        : CompletableFuture.completedFuture(PostOutcome.THROTTLED));
    }

    @Override
    public CompletableFuture<PostOutcome> disconnect(String connectionId) {
        return poster.disconnect(connectionId);
    }

    @Override
    public void close() {
        poster.close();
    }
}
