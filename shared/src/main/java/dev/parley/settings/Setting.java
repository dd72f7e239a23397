package dev.parley.settings;

import org.jspecify.annotations.Nullable;

/** Every setting: its environment variable, its default, and what it does. */
public enum Setting {
    DEPLOYMENT(
            "PARLEY_DEPLOYMENT",
            "Parley",
            "the deployment's name, by which its metrics are told from those of others in the account"),
    DATABASE_URL("PARLEY_DATABASE_URL", null, "JDBC URL of the writer, without user and password"),
    DATABASE_READER_URL(
            "PARLEY_DATABASE_READER_URL",
            "",
            "JDBC URL of the database's readers, without user and password; the writer answers everything when empty"),
    DATABASE_READER_LAG(
            "PARLEY_DATABASE_READER_LAG",
            "3s",
            "how old an answer of a reader may be, 1s to 1m; what was written to is read from the writer for 2 s longer"),
    DATABASE_USER("PARLEY_DATABASE_USER", "parley", "database user"),
    DATABASE_PASSWORD("PARLEY_DATABASE_PASSWORD", "", "database password"),
    DATABASE_IAM(
            "PARLEY_DATABASE_IAM",
            "false",
            "true where RDS lets in whom IAM lets in: each connection gets a token instead of the password"),
    DATABASE_POOL_SIZE(
            "PARLEY_DATABASE_POOL_SIZE",
            "1",
            "connections an environment holds at the most; 1 fits one event at a time"),
    DATABASE_TIMEOUT("PARLEY_DATABASE_TIMEOUT", "3s", "longest wait for a connection"),
    DATABASE_CLUSTERS(
            "PARLEY_DATABASE_CLUSTERS",
            "",
            "database clusters that can hold content beside that of the writer, as NAME=JDBC-URL, comma-separated"),
    MIGRATION_URL(
            "PARLEY_MIGRATION_URL", "", "JDBC URL of the cluster itself, past any pooler; the writer's when empty"),
    MIGRATION_CLUSTERS(
            "PARLEY_MIGRATION_CLUSTERS",
            "",
            "as PARLEY_DATABASE_CLUSTERS, with the clusters themselves, past any pooler; these when empty"),
    MIGRATION_USER("PARLEY_MIGRATION_USER", "", "database user that owns the schema; the database user when empty"),
    REDIS_URL(
            "PARLEY_REDIS_URL", null, "redis:// or rediss:// URL of one cluster node, with its password if it has one"),
    REDIS_CACHE(
            "PARLEY_REDIS_CACHE",
            "",
            "id of the ElastiCache replication group that lets in whom IAM lets in: each connection gets a token; the URL's"
                    + " password when empty"),
    REDIS_USER("PARLEY_REDIS_USER", "", "user of that replication group"),
    REDIS_TIMEOUT("PARLEY_REDIS_TIMEOUT", "1s", "longest a Redis command may take"),
    EVENTS_QUEUE_URL("PARLEY_EVENTS_QUEUE_URL", null, "URL of the SQS queue events.fifo"),
    DELIVERIES_QUEUE_URL("PARLEY_DELIVERIES_QUEUE_URL", null, "URL of the SQS queue deliveries.fifo"),
    RELAY_QUEUE_URL(
            "PARLEY_RELAY_QUEUE_URL",
            "",
            "URL of this Region's SQS queue relay.fifo, which the fan-out passes events on to; empty where there is no other"
                    + " Region"),
    RELAY_TARGET_URL(
            "PARLEY_RELAY_TARGET_URL", "", "URL of the other Region's SQS queue events.fifo, which the relay feeds"),
    STORAGE_BUCKET("PARLEY_STORAGE_BUCKET", null, "S3 bucket of files and images"),
    STORAGE_REGION(
            "PARLEY_STORAGE_REGION",
            "",
            "the AWS Region of that bucket; empty when it is the one that the functions are in"),
    STORAGE_PATH_STYLE(
            "PARLEY_STORAGE_PATH_STYLE",
            "false",
            "true where the bucket is a part of the path and not of the host name, as with most servers that are not AWS's"),
    CDN_URL(
            "PARLEY_CDN_URL",
            null,
            "where clients find files and images: the HTTP API itself or what is in front of it, no slash at the end"),
    CDN_KEY(
            "PARLEY_CDN_KEY",
            null,
            "what links to files are signed with, 32 characters or more; after a comma, earlier ones whose links still work"),
    FILE_LIMIT(
            "PARLEY_FILE_LIMIT",
            "10",
            "MiB of a file in a message, at most 100; what is too large for a request is uploaded to S3 by the client"),
    HELLO_FUNCTION("PARLEY_HELLO_FUNCTION", null, "name or alias ARN of the function that posts HELLO"),
    MANAGEMENT_ENDPOINT(
            "PARLEY_MANAGEMENT_ENDPOINT",
            null,
            "the WebSocket API's @connections endpoint, with its stage, no slash at the end"),
    POST_RATE(
            "PARLEY_POST_RATE",
            "8000",
            "posts to connections a second, of all functions together; 0 for no limit. API Gateway's 10,000 an account"
                    + " are for frames and REST requests too"),
    GATEWAY_URL(
            "PARLEY_GATEWAY_URL",
            null,
            "the ws:// or wss:// URL that clients connect to, without a query; several, comma-separated, are given out in turn"),
    EDGE_SECRET(
            "PARLEY_EDGE_SECRET",
            "",
            "JSON object whose values current and previous (which may be missing) prove that a request came through what"
                    + " stands in front of the APIs; nothing does when it is empty"),
    HEARTBEAT_INTERVAL("PARLEY_HEARTBEAT_INTERVAL", "270s", "heartbeat interval of clients that can wait"),
    SHORT_HEARTBEAT_INTERVAL(
            "PARLEY_SHORT_HEARTBEAT_INTERVAL",
            "41250ms",
            "heartbeat interval of discord.py, which gives up after 60 s without a frame"),
    HEARTBEATS_SEEN(
            "PARLEY_HEARTBEATS_SEEN",
            "true",
            "whether heartbeats reach a function; false where API Gateway answers them itself, and nothing can be judged by them"),
    RESUME_WINDOW("PARLEY_RESUME_WINDOW", "300s", "how long a session without a connection can be resumed"),
    RECONNECT_AFTER(
            "PARLEY_RECONNECT_AFTER",
            "90m",
            "the shortest time after which a client is asked to reconnect, well before API Gateway ends its connection at 2 h"),
    RECONNECT_SPREAD("PARLEY_RECONNECT_SPREAD", "25m", "within which time after that clients are asked, at random"),
    SWEEP_UNSEEN(
            "PARLEY_SWEEP_UNSEEN",
            "45s",
            "how long ago a session must have been looked at to be looked at again; shorter than the sweeper's rate"),
    LARGE_GUILD(
            "PARLEY_LARGE_GUILD",
            "1000",
            "sessions of a guild from which on its events are delivered part by part, and that one key of Redis should hold"),
    SNOWFLAKE_WORKERS(
            "PARLEY_SNOWFLAKE_WORKERS",
            "0-1023",
            "the workers that ids are made with, from the first to the last; those of two Regions must not meet"),
    CACHE_LIFETIME(
            "PARLEY_CACHE_LIFETIME",
            "5m",
            "how long users and the owners of tokens are cached; another Region's change is not seen before that"),
    LIMITS("PARLEY_LIMITS", "", "rate limits that differ from the table, as NAME=TOKENS/SECONDSs, comma-separated"),
    INTERACTION_DEADLINE(
            "PARLEY_INTERACTION_DEADLINE",
            "3s",
            "how long an application may take for its first answer to an interaction"),
    ACCESS_TOKEN_LIFETIME("PARLEY_ACCESS_TOKEN_LIFETIME", "7d", "how long a user's access token is valid"),
    REFRESH_TOKEN_LIFETIME("PARLEY_REFRESH_TOKEN_LIFETIME", "30d", "how long a refresh token is valid");

    private final String variable;
    private final @Nullable String defaultValue;
    private final String description;

    Setting(String variable, @Nullable String defaultValue, String description) {
        this.variable = variable;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The environment variable that sets it. */
    public String variable() {
        return variable;
    }

    /** What holds when the variable is not set; null when it must be. */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }
}
