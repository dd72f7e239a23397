package dev.parley.infra;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * Makes the log groups of a deployment, which have one retention, one key, and one prefix. They go with the deployment, since what has to be kept is
 * kept in the database's audit log.
 *
 * @param naming the names of the deployment
 * @param key what they are encrypted with; its policy lets CloudWatch Logs use it
 */
record LogGroups(Naming naming, EncryptionKey key) {

    private static final RetentionDays RETENTION = RetentionDays.ONE_MONTH;

    /**
     * A log group.
     *
     * @param name the name below the deployment's prefix
     */
    LogGroup group(Construct scope, String id, String name) {
        return LogGroup.Builder.create(scope, id)
                .logGroupName(naming.logGroup(name))
                .retention(RETENTION)
                .encryptionKey(key.key())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }
}
