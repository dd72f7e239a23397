package dev.parley.infra;

import org.jspecify.annotations.Nullable;

/**
 * Where the data is and who functions are there. There is no password: IAM decides who gets in.
 *
 * @param databaseUrl JDBC URL of RDS Proxy's writer endpoint, in whichever Region the writer is
 * @param readerUrl JDBC URL of RDS Proxy's endpoint that leads to readers; null when functions ask none
 * @param contentUrls the clusters that content can be moved to, as {@code PARLEY_DATABASE_CLUSTERS} has them: URLs of their
 *     proxies by name; empty when there are none
 * @param migrationUrl JDBC URL of the cluster's own writer endpoint; empty where the writer is in another Region
 * @param contentMigrationUrls those clusters past their proxies, as {@code PARLEY_MIGRATION_CLUSTERS} has them; empty when there are
 *     none, and where their writers are in another Region
 * @param redisUrl URL of the cache's configuration endpoint
 * @param redisCache id of the cache's replication group
 * @param redisUser the user of the cache
 * @param cdnKey a CloudFormation dynamic reference to the keys that links to files are signed with, which names a secret and
 *     does not hold it
 */
record DataEndpoints(
        String databaseUrl,
        @Nullable String readerUrl,
        String contentUrls,
        String migrationUrl,
        String contentMigrationUrls,
        String redisUrl,
        String redisCache,
        String redisUser,
        String cdnKey) {}
