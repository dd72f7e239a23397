package dev.parley.infra;

/**
 * Where the data is and who functions are there. There is no password: IAM decides who gets in.
 *
 * @param databaseUrl JDBC URL of RDS Proxy's writer endpoint
 * @param migrationUrl JDBC URL of the cluster's own writer endpoint
 * @param redisUrl URL of the cache's configuration endpoint
 * @param redisCache id of the cache's replication group
 * @param redisUser the user of the cache
 * @param cdnKey a CloudFormation dynamic reference to the keys that links to files are signed with, which names a secret and
 *     does not hold it
 */
record DataEndpoints(
        String databaseUrl, String migrationUrl, String redisUrl, String redisCache, String redisUser, String cdnKey) {}
