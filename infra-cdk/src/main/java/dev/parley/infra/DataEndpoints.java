package dev.parley.infra;

/**
 * Where the data is and how to get in. The passwords are CloudFormation dynamic references, which name a secret and do
 * not hold it.
 *
 * @param databaseUrl JDBC URL of RDS Proxy's writer endpoint
 * @param migrationUrl JDBC URL of the cluster's own writer endpoint
 * @param databaseUser the database user
 * @param databasePassword its password
 * @param redisUrl URL of the cache's configuration endpoint, with the password
 */
record DataEndpoints(
        String databaseUrl, String migrationUrl, String databaseUser, String databasePassword, String redisUrl) {}
