package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.ScheduleSpec;
import software.amazon.awscdk.Aws;

/**
 * The names of what a deployment has. They are known before anything is made, so that two functions can name each other.
 *
 * @param deployment the prefix of all names
 */
record Naming(String deployment) {

    /** The alias that everything invokes: the version of the last deployment. */
    static final String ALIAS = "live";

    /** What the names of the functions' log groups begin with, within the deployment. */
    static final String FUNCTION_LOGS = "functions/";

    String function(FunctionSpec function) {
        return deployment + "-" + function.name();
    }

    /** A log group. */
    String logGroup(String name) {
        return "/" + deployment + "/" + name;
    }

    /** What the names of the functions' log groups begin with. */
    String logGroupPrefix() {
        return logGroup(FUNCTION_LOGS);
    }

    String queue(QueueSpec queue) {
        return deployment + "-" + queue.name();
    }

    String deadLetterQueue(QueueSpec queue) {
        return deployment + "-" + queue.deadLetterName();
    }

    String schedule(ScheduleSpec schedule) {
        return deployment + "-" + schedule.name();
    }

    /** ARN of the functions whose names fit; {@code *} is a wildcard in a policy. */
    String functionArn(String function) {
        return "arn:" + Aws.PARTITION + ":lambda:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":function:" + function;
    }

    /** ARN of a function's alias. */
    String aliasArn(FunctionSpec function) {
        return functionArn(function(function)) + ":" + ALIAS;
    }
}
