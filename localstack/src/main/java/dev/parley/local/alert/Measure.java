package dev.parley.local.alert;

import java.util.List;

/** A number that the local cloud measures and that signals are computed from. */
public enum Measure {
    /** HTTP requests since the start. */
    REQUESTS,
    /** HTTP requests since the start that were answered with 5xx. */
    REQUESTS_FAILED,
    /** HTTP requests since the start that took so long, by the upper bound of a bucket in ms. */
    LATENCY_5,
    LATENCY_10,
    LATENCY_25,
    LATENCY_50,
    LATENCY_100,
    LATENCY_250,
    LATENCY_500,
    LATENCY_1000,
    LATENCY_2500,
    LATENCY_5000,
    LATENCY_10000,
    /** HTTP requests since the start that took longer than all of these. */
    LATENCY_LONGER,
    /** Open gateway connections. */
    CONNECTIONS,
    /** Gateway connections that this process could hold. */
    CONNECTION_CAPACITY,
    /** Messages in the queues, those in flight included. */
    QUEUED,
    /** Messages that no consumer could handle. */
    DEAD_LETTERS,
    /** Invocations since the start of the functions behind the HTTP API. */
    API_INVOCATIONS,
    /** Invocations of these that Lambda refused since the start. */
    API_THROTTLES,
    /** Invocations since the start of the functions behind the WebSocket API. */
    GATEWAY_INVOCATIONS,
    /** Invocations of these since the start that threw or timed out. */
    GATEWAY_INVOCATIONS_FAILED,
    /** Invocations of these that Lambda refused since the start. */
    GATEWAY_THROTTLES,
    /** Posts to connections since the start. */
    POSTS,
    /** Posts since the start that failed for other reasons than a gone client. */
    POSTS_FAILED,
    /** Heartbeats since the start that did not come. */
    MISSED_HEARTBEATS,
    /** Sessions, connected or resumable. */
    SESSIONS,
    /** Age of the oldest event in the outbox, s. */
    OUTBOX_AGE,
    /** Connections to the database. */
    DATABASE_CONNECTIONS,
    /** Connections that the database takes. */
    DATABASE_MAX_CONNECTIONS,
    /** What the last question to the database took, s. */
    DATABASE_SECONDS,
    /** How far the furthest replica is behind, s. */
    REPLICATION_LAG,
    /** Processor time of Redis since its start, s. */
    CACHE_CPU_SECONDS,
    /** Memory that Redis uses, bytes. */
    CACHE_MEMORY,
    /** Memory that Redis may use, bytes. */
    CACHE_MEMORY_MAX,
    /** Share of the machine's processors in use, 0 to 1. */
    MACHINE_CPU,
    /** Share of the machine's memory in use, 0 to 1. */
    MACHINE_MEMORY,
    /** Time since the machine's start in which its busiest disk had something to do, s. */
    DISK_BUSY_SECONDS,
    /** 1 if /health answers 200, otherwise 0. */
    HEALTHY;

    private static final List<Measure> LATENCY_BUCKETS = List.of(
            LATENCY_5,
            LATENCY_10,
            LATENCY_25,
            LATENCY_50,
            LATENCY_100,
            LATENCY_250,
            LATENCY_500,
            LATENCY_1000,
            LATENCY_2500,
            LATENCY_5000,
            LATENCY_10000,
            LATENCY_LONGER);

    /** Upper bounds of the buckets of latency, ms; a last bucket has none. */
    public static final List<Long> LATENCY_BOUNDS =
            List.of(5L, 10L, 25L, 50L, 100L, 250L, 500L, 1000L, 2500L, 5000L, 10_000L);

    /** The measure of a bucket, counted from 0. */
    public static Measure latencyBucket(int bucket) {
        return LATENCY_BUCKETS.get(bucket);
    }
}
