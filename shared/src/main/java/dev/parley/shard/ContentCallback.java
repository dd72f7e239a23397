package dev.parley.shard;

import org.jspecify.annotations.Nullable;

/**
 * Statements on the content of one logical shard. They may run more than once, each time from the start and on a transaction
 * of which nothing was committed, so they must change nothing but the database.
 */
@FunctionalInterface
public interface ContentCallback<T extends @Nullable Object, X extends Exception> {

    T with(Content content) throws X;
}
