package dev.parley.infra.observability;

/** What a database instance is for. RDS has a word for it in the metrics of instances, and another in those of proxies. */
enum DatabaseRole {
    WRITER("WRITER", "READ_WRITE"),
    READER("READER", "READ_ONLY");

    private final String instances;
    private final String targets;

    DatabaseRole(String instances, String targets) {
        this.instances = instances;
        this.targets = targets;
    }

    /** The value of the dimension {@code Role}. */
    String instances() {
        return instances;
    }

    /** The value of the dimension {@code TargetRole}. */
    String targets() {
        return targets;
    }
}
