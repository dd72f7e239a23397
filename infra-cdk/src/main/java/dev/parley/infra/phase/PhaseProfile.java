package dev.parley.infra.phase;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Every number in which phases differ.
 *
 * <p>A deployment moves between neighbouring phases in place: no number here may be one whose change makes CloudFormation
 * replace something that holds state.
 *
 * @param users how many users it is for
 * @param database Aurora PostgreSQL and RDS Proxy: the cluster that every deployment has
 * @param content the clusters beside it
 * @param cache ElastiCache for Valkey
 * @param functions Lambda
 * @param gateway the WebSocket API and the REST API
 * @param edge whether CloudFront and WAF stand in front of both APIs; other phases have them when a domain is given
 * @param logSearch whether logs go to OpenSearch besides CloudWatch
 * @param secondRegion whether a second Region runs
 */
public record PhaseProfile(
        int users,
        DatabaseSize database,
        ContentSize content,
        CacheSize cache,
        FunctionLimits functions,
        GatewaySize gateway,
        boolean edge,
        boolean logSearch,
        boolean secondRegion) {

    /** All database clusters, {@code zero} first. */
    public List<ClusterSpec> clusters() {
        return IntStream.rangeClosed(1, 1 + content.clusters())
                .mapToObj(number -> new ClusterSpec(number, number == 1 ? database : content.each(database)))
                .toList();
    }

    /**
     * The size of the database.
     *
     * @param minCapacity ACUs that every instance has at least, 0.5 to 256; an ACU is about 2 GiB
     * @param maxCapacity ACUs that an instance grows to
     * @param readers instances beside the writer; the first one takes over when the writer fails
     * @param backupDays days that point-in-time recovery reaches back, 1 to 35
     */
    public record DatabaseSize(double minCapacity, double maxCapacity, int readers, int backupDays) {

        private static final long BYTES_PER_CAPACITY = 2L << 30;
        private static final int OPERATIONS_PER_CAPACITY = 625;

        /** The memory of an instance at its largest capacity: 2 GiB an ACU (Aurora user guide, "Aurora Serverless v2 capacity"). */
        public long maxMemoryBytes() {
            return (long) (maxCapacity * BYTES_PER_CAPACITY);
        }

        /**
         * The disk operations a second that an instance is made for at its largest capacity; alerts are shares of it. It grows
         * with the capacity, 5,000 at 8 ACUs, and is a budget rather than a limit of AWS, which names none: operations are billed
         * one by one, and this many all month long cost more than the instance.
         */
        public int maxOperationsPerSecond() {
            return (int) (maxCapacity * OPERATIONS_PER_CAPACITY);
        }
    }

    /**
     * The clusters that content can be moved to, each with a writer and readers. Nothing reads from these readers: they take over.
     *
     * @param clusters how many there are
     * @param minCapacity ACUs that every instance of theirs has at least
     * @param maxCapacity ACUs that an instance of theirs grows to
     * @param readers instances of each beside its writer
     */
    public record ContentSize(int clusters, double minCapacity, double maxCapacity, int readers) {

        /** Content is with the directory. */
        static final ContentSize NONE = new ContentSize(0, 0, 0, 0);

        /** The size of each, whose backups reach back as far as those of the directory: one is of no use without the other. */
        DatabaseSize each(DatabaseSize directory) {
            return new DatabaseSize(minCapacity, maxCapacity, readers, directory.backupDays());
        }
    }

    /**
     * The size of the cache.
     *
     * @param nodeType the ElastiCache node type
     * @param shards parts that the keys are spread over
     * @param replicas copies of each part beside its primary; they take over when it fails
     * @param snapshotDays days that automatic snapshots are kept, 0 to 35
     */
    public record CacheSize(String nodeType, int shards, int replicas, int snapshotDays) {

        /** Nodes of the whole cache. */
        public int nodes() {
            return shards * (1 + replicas);
        }
    }

    /**
     * The bounds of Lambda.
     *
     * @param account concurrent invocations that the account must allow (Lambda quotas; 1,000 by default)
     * @param reservedPerOpcode invocations that are kept for each opcode's function, so that no other can starve it; 0 keeps none
     * @param consumerConcurrency invocations that each queue's consumer may have at once, 2 to 1,000
     * @param minPollers pollers that are always there for each queue; 0 leaves it to Lambda's default scaling
     * @param maxPollers pollers that each queue may grow to, when minPollers is not 0
     * @param canaryMinutes minutes for which a new version gets a tenth of the invocations before it gets all; 0 gives it all at once
     */
    public record FunctionLimits(
            int account,
            int reservedPerOpcode,
            int consumerConcurrency,
            int minPollers,
            int maxPollers,
            int canaryMinutes) {}

    /**
     * The bounds of both APIs.
     *
     * @param connections open connections that the deployment is made for; alerts are shares of it
     * @param requestsPerSecond requests, frames and posts that the account must allow a second (API Gateway quotas; 10,000 by
     *     default)
     * @param postsPerSecond posts to connections of all functions together, a part of the former
     */
    public record GatewaySize(int connections, int requestsPerSecond, int postsPerSecond) {}
}
