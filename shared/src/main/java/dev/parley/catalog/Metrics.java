package dev.parley.catalog;

import dev.parley.catalog.MetricSpec.Kind;
import dev.parley.catalog.MetricSpec.Unit;
import java.util.List;

/**
 * The metrics that the system writes itself, where AWS has none. All are in one namespace and have one dimension, so that each
 * is one time series in a deployment: every further dimension would make, and bill, one for each of its values.
 */
public final class Metrics {

    /** The CloudWatch namespace. */
    public static final String NAMESPACE = "Parley";

    /** The one dimension; its value is the name of the deployment. */
    public static final String DIMENSION = "deployment";

    /** Connections that sessions have now. */
    public static final MetricSpec OPEN_CONNECTIONS =
            new MetricSpec("OpenConnections", Unit.COUNT, Kind.GAUGE, "gateway connections that are open");

    /** Sessions, with a connection or waiting to be resumed. */
    public static final MetricSpec SESSIONS =
            new MetricSpec("Sessions", Unit.COUNT, Kind.GAUGE, "gateway sessions, connected or resumable");

    /** Sessions that the sweep of a minute found connected and without heartbeats. */
    public static final MetricSpec MISSED_HEARTBEATS = new MetricSpec(
            "MissedHeartbeats", Unit.COUNT, Kind.COUNT, "connected sessions whose heartbeats stopped coming");

    /** Posts to connections, whatever came of them; retries are posts of their own. */
    public static final MetricSpec POSTS =
            new MetricSpec("Posts", Unit.COUNT, Kind.COUNT, "posts to gateway connections");

    /** Posts that failed, except for clients that are gone. */
    public static final MetricSpec POST_ERRORS = new MetricSpec(
            "PostErrors", Unit.COUNT, Kind.COUNT, "posts that failed for other reasons than a gone client");

    /** Posts that were answered 410. */
    public static final MetricSpec POSTS_GONE =
            new MetricSpec("PostsGone", Unit.COUNT, Kind.COUNT, "posts to clients that are gone (410)");

    /** From the storing of an event to its post to one session. */
    public static final MetricSpec DELIVERY_LATENCY = new MetricSpec(
            "DeliveryLatency", Unit.MILLISECONDS, Kind.DISTRIBUTION, "time from an event's storing to its delivery");

    /** Sessions that went on where they had stopped. */
    public static final MetricSpec RESUMES =
            new MetricSpec("Resumes", Unit.COUNT, Kind.COUNT, "sessions that were resumed");

    /** Resumes answered with an invalid session. */
    public static final MetricSpec RESUMES_REFUSED =
            new MetricSpec("ResumesRefused", Unit.COUNT, Kind.COUNT, "sessions that could not be resumed");

    /** Age of the oldest outbox row; 0 when there is none. */
    public static final MetricSpec OUTBOX_AGE =
            new MetricSpec("OutboxAge", Unit.SECONDS, Kind.GAUGE, "age of the oldest event that is not published yet");

    /** Reads that a reader of the database answered. */
    public static final MetricSpec READER_READS = new MetricSpec(
            "ReaderReads",
            Unit.COUNT,
            Kind.COUNT,
            "reads that a reader of the database answered instead of the writer");

    /** Reads that the writer answered because the reader that was asked was too old or failed. */
    public static final MetricSpec READER_FALLBACKS = new MetricSpec(
            "ReaderFallbacks", Unit.COUNT, Kind.COUNT, "reads that a reader was asked for and the writer answered");

    /** How old what a reader shows is at the most. */
    public static final MetricSpec READER_LAG = new MetricSpec(
            "ReaderLag", Unit.SECONDS, Kind.GAUGE, "how old what a reader of the database shows is at the most");

    private static final List<MetricSpec> ALL = List.of(
            OPEN_CONNECTIONS,
            SESSIONS,
            MISSED_HEARTBEATS,
            POSTS,
            POST_ERRORS,
            POSTS_GONE,
            DELIVERY_LATENCY,
            RESUMES,
            RESUMES_REFUSED,
            OUTBOX_AGE,
            READER_READS,
            READER_FALLBACKS,
            READER_LAG);

    private Metrics() {}

    /** All of them. */
    public static List<MetricSpec> all() {
        return ALL;
    }
}
