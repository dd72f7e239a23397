package dev.parley.infra.scale;

/** What an account may do a second, or at once, in one Region unless it asks for more; in us-east-1, where it is most. */
public enum AwsQuota {
    /** Frames from clients, posts to them, and requests share one bucket (API Gateway quotas, "Throttle quota per account"). */
    API_REQUESTS("requests to both APIs and posts to clients, a second", 10_000, true),

    /** (API Gateway quotas, "WebSocket APIs": new connections a second.) */
    NEW_CONNECTIONS("new connections a second", 500, true),

    /** (Lambda quotas, "Concurrent executions".) */
    CONCURRENCY("functions that run at once", 1_000, true),

    /** Ten times what may run at once (Lambda developer guide, "Understanding function scaling"). */
    INVOCATIONS("invocations a second", 10_000, true),

    /** Without batches, in high throughput mode (SQS quotas, "Message throughput"). */
    QUEUE_SENDS("messages sent to one FIFO queue, a second", 70_000, false);

    private final String what;
    private final int value;
    private final boolean adjustable;

    AwsQuota(String what, int value, boolean adjustable) {
        this.what = what;
        this.value = value;
        this.adjustable = adjustable;
    }

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
