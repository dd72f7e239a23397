package dev.parley.storage;

import org.jspecify.annotations.Nullable;

/**
 * What the store knows of an object.
 *
 * @param size bytes
 * @param contentType as whoever stored it said; null if nobody did
 */
public record StoredObject(long size, @Nullable String contentType) {}
