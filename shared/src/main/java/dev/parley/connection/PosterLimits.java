package dev.parley.connection;

import java.time.Duration;

/**
 * How much a {@link NettyConnectionPoster} takes on.
 *
 * @param loops threads that send; 1 or more
 * @param maxConnections connections at the most, shared among the loops
 * @param maxWaiting requests that may wait for a connection
 * @param timeout the longest that a request may take
 */
public record PosterLimits(int loops, int maxConnections, int maxWaiting, Duration timeout) {}
