package dev.parley.catalog;

/** What an alert compares with its threshold. Each is one number a minute, whatever it is computed from. */
public enum Signal {
    CPU_USAGE("CPU usage", "%"),
    MEMORY_USAGE("memory in use", "%"),
    DISK_IO("disk operations, of what the instance can do", "%"),
    /** Requests of the last 5 minutes against the 5 minutes before: -50 is half of them. */
    REQUEST_RATE_CHANGE("change of the request rate within 5 min", "%"),
    /** 5xx answers of the REST API, or frames and upgrades that failed, among all. */
    ERROR_RATE("requests that failed", "%"),
    P99_LATENCY("99th percentile of latency", "ms"),
    DATABASE_CONNECTIONS("database connections, of the maximum", "%"),
    QUERY_TIME("time that the database takes to answer", "ms"),
    REPLICATION_LAG("how far readers are behind the writer", "s"),
    ACTIVE_CONNECTIONS("open gateway connections, of the capacity", "%"),
    MESSAGE_QUEUE("messages that wait in queues", "messages"),
    HEARTBEAT_FAILURES("sessions whose heartbeats stopped, of all", "%"),
    /** Connections now against 5 minutes ago: -30 means that three of ten are gone. */
    CONNECTIONS_CHANGE("change of open gateway connections within 5 min", "%"),
    DEAD_LETTERS("messages that no consumer could handle", "messages"),
    OUTBOX_AGE("age of the oldest event that is not published yet", "s"),
    CALLBACK_ERRORS("posts to connections that failed for other reasons than a gone client", "%"),
    THROTTLES("invocations that Lambda refused", "%"),
    /** 1 while /health answers 200 to somebody outside, 0 while it does not. */
    HEALTH("answers of /health to the outside", "");

    private final String description;
    private final String unit;

    Signal(String description, String unit) {
        this.description = description;
        this.unit = unit;
    }

    /** What the number is, for people. */
    public String description() {
        return description;
    }

    /** The unit of the number, empty when it has none. */
    public String unit() {
        return unit;
    }
}
