package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.ScheduleSpec;
import dev.parley.infra.phase.ClusterSpec;
import software.amazon.awscdk.Aws;

/**
 * The names of what a deployment has. They are known before anything is made, so that two functions can name each other.
 *
 * @param deployment the prefix of all names
 */
public record Naming(String deployment) {

    /** The alias that everything invokes: the version of the last deployment. */
    public static final String ALIAS = "live";

    /** What the names of the functions' log groups begin with, within the deployment. */
    public static final String FUNCTION_LOGS = "functions/";

    public String function(FunctionSpec function) {
        return deployment + "-" + function.name();
    }

    /** A log group. */
    public String logGroup(String name) {
        return "/" + deployment + "/" + name;
    }

    /** What the names of the functions' log groups begin with. */
    public String logGroupPrefix() {
        return logGroup(FUNCTION_LOGS);
    }

    public String queue(QueueSpec queue) {
        return deployment + "-" + queue.name();
    }

    public String deadLetterQueue(QueueSpec queue) {
        return deployment + "-" + queue.deadLetterName();
    }

    /** The RDS Proxy before a cluster, by which the other Region finds its address. */
    String proxy(ClusterSpec cluster) {
        return cluster.numbered(deployment + "-proxy");
    }

    /** The parameter that has a cluster's identifier, where that is not referred to. */
    String clusterParameter(ClusterSpec cluster) {
        return "/" + deployment + "/clusters/" + cluster.name();
    }

    String schedule(ScheduleSpec schedule) {
        return deployment + "-" + schedule.name();
    }

    /** ARN of the functions whose names fit; {@code *} is a wildcard in a policy. */
    public String functionArn(String function) {
        return "arn:" + Aws.PARTITION + ":lambda:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":function:" + function;
    }

    /** ARN of a function's alias. */
    public String aliasArn(FunctionSpec function) {
        return functionArn(function(function)) + ":" + ALIAS;
    }
}
