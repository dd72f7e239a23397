package dev.parley.infra;

import dev.parley.infra.observability.ObservedSystem.ObservedDatabase;
import dev.parley.infra.phase.ClusterSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;

/** A database cluster as one Region has it. */
interface SqlDatabase {

    /** Which one it is. */
    ClusterSpec spec();

    /** The host name of its proxy, whose default endpoint leads to the writer if the writer is in this Region. */
    String proxyHost();

    /** The ARN of its proxy. */
    String proxyArn();

    /** JDBC URL of the proxy's endpoint that leads to readers; null when there is none. */
    @Nullable String readOnlyUrl();

    /** JDBC URL of the writer itself, past the proxy; only where the writer is. */
    String clusterUrl();

    /** What CloudWatch's metrics of the cluster and its proxy are found by. */
    ObservedDatabase observed();

    /** Lets a role open connections to the cluster itself as the owner of the schema. */
    void grantOwnership(Role role);

    /** JDBC URL of a proxy. Its certificate is one of Amazon Trust Services, which Java knows. */
    static String proxyUrl(String host) {
        return url(host) + "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
    }

    /**
     * JDBC URL of a cluster. Its certificate is one of the RDS authority, which Java does not know, so the connection is
     * encrypted and the server is vouched for by the network alone.
     */
    static String clusterUrl(String host) {
        return url(host) + "?sslmode=require";
    }

    /** Lets a role open connections to a proxy as the functions' user: a proxy is named by the last part of its ARN. */
    static PolicyStatement connectToProxy(String region, String proxyArn) {
        return connect(region, Fn.select(6, Fn.split(":", proxyArn)), Database.FUNCTIONS_USER);
    }

    /**
     * What a role needs for connections as a user (Aurora user guide, "Creating and using an IAM policy for IAM database access").
     *
     * @param resource the resource id of the cluster or of the proxy, and not its name
     */
    static PolicyStatement connect(String region, String resource, String user) {
        return PolicyStatement.Builder.create()
                .actions(List.of("rds-db:connect"))
                .resources(List.of("arn:" + Aws.PARTITION + ":rds-db:" + region + ":" + Aws.ACCOUNT_ID + ":dbuser:"
                        + resource + "/" + user))
                .build();
    }

    private static String url(String host) {
        return "jdbc:postgresql://" + host + ":" + NetworkStack.DATABASE_PORT + "/" + Database.OWNER;
    }
}
