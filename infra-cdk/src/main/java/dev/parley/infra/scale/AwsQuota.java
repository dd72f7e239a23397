package dev.parley.infra.scale;

import java.util.Optional;

/** What an account may do a second, or at once, in one Region unless it asks for more; in us-east-1, where it is most. */
public enum AwsQuota {
    /** Frames from clients, posts to them, and requests share one bucket (API Gateway quotas, "Throttle quota per account"). */
    API_REQUESTS("requests to both APIs and posts to clients, a second", 10_000, true, "apigateway", "L-8A5B8E43"),

    /** (API Gateway quotas, "WebSocket APIs": new connections a second.) */
    NEW_CONNECTIONS("new connections a second", 500, true, "apigateway", "L-9ED1E49A"),

    /** (Lambda quotas, "Concurrent executions".) */
    CONCURRENCY("functions that run at once", 1_000, true, "lambda", "L-B99A9384"),

    /** Ten times what may run at once (Lambda developer guide, "Understanding function scaling"). */
    INVOCATIONS("invocations a second", 10_000, true),

    /** Without batches, in high throughput mode (SQS quotas, "Message throughput"). */
    QUEUE_SENDS("messages sent to one FIFO queue, a second", 70_000, false);

    private final String what;
    private final int value;
    private final boolean adjustable;
    private final String service;
    private final String quota;

    AwsQuota(String what, int value, boolean adjustable) {
        this(what, value, adjustable, "", "");
    }

    AwsQuota(String what, int value, boolean adjustable, String service, String quota) {
        this.what = what;
        this.value = value;
        this.adjustable = adjustable;
        this.service = service;
        this.quota = quota;
    }

    /**
     * What Service Quotas calls it.
     *
     * @param service code of the service
     * @param quota code of the quota
     */
    public record Code(String service, String quota) {}

    /** What it limits, for people. */
    public String what() {
        return what;
    }

    /** The quota of an account that has not asked. */
    public int value() {
        return value;
    }

    /** Whether Service Quotas takes a request for more. */
    public boolean adjustable() {
        return adjustable;
    }

    /** What Service Quotas calls it; empty for one that follows from another. */
    public Optional<Code> code() {
        return quota.isEmpty() ? Optional.empty() : Optional.of(new Code(service, quota));
    }

    /** How much of what it limits a load needs. */
    public double need(PeakLoad load) {
        return switch (this) {
            case API_REQUESTS -> load.apiRequests();
            case NEW_CONNECTIONS -> load.newConnections();
            case CONCURRENCY -> load.concurrency();
            case INVOCATIONS -> load.invocations();
            case QUEUE_SENDS -> load.events();
        };
    }

    /** The users with whom a load that grows in proportion to them needs all of it. */
    public double users(PeakLoad load) {
        return load.users() * value / need(load);
    }
}
