package dev.parley.connection;

import java.time.Instant;

/**
 * When something last happened on a connection ("API Gateway Management API Reference", GetConnection).
 *
 * @param connectedAt when it was opened
 * @param lastActiveAt when a message last passed, in either direction
 */
public record ConnectionActivity(Instant connectedAt, Instant lastActiveAt) {}
