package dev.parley.ratelimit;

import java.time.Duration;

/**
 * What a bucket said.
 *
 * @param allowed whether a token was taken
 * @param limit the bucket's line in the table
 * @param capacity tokens in a full bucket
 * @param remaining whole tokens left
 * @param retryAfter how long until the next token; zero when one was taken
 * @param resetAfter how long until the bucket is full
 */
public record Decision(
        boolean allowed, Limit limit, int capacity, int remaining, Duration retryAfter, Duration resetAfter) {}
