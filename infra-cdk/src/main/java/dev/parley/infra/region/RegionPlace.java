package dev.parley.infra.region;

import dev.parley.catalog.Regions;
import dev.parley.catalog.ScheduleSpec;
import dev.parley.catalog.Schedules;
import dev.parley.infra.phase.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;

/**
 * Where a stack of the system stands among the Regions (docs/regions.md). What one Region has to know of the other follows from
 * names, or is looked up by them, so that no template exports anything to another Region.
 *
 * @param deployment the name of the deployment
 * @param region the Region of the stack
 * @param other the other Region, or null if there is none
 * @param first whether it is the Region that the deployment began in: where the files are, and the database was made
 * @param home whether events are put into order here, beside the database's writer
 */
public record RegionPlace(
        String deployment, String region, @Nullable String other, boolean first, boolean home) {

    /** The first Region of a deployment, which may be the only one. */
    public static RegionPlace first(Parameters parameters) {
        return new RegionPlace(
                parameters.name(),
                parameters.region(),
                parameters.profile().secondRegion() ? parameters.secondRegion() : null,
                true,
                !parameters.secondIsHome());
    }

    /** The second Region of a deployment that has one. */
    public static RegionPlace second(Parameters parameters) {
        return new RegionPlace(
                parameters.name(), parameters.secondRegion(), parameters.region(), false, parameters.secondIsHome());
    }

    /** The one Region of a deployment that has no other, whatever its phase says. */
    public static RegionPlace only(Parameters parameters) {
        return new RegionPlace(parameters.name(), parameters.region(), null, true, true);
    }

    /** How many Regions the deployment has. */
    public Regions regions() {
        return other == null ? Regions.ONE : Regions.TWO;
    }

    /** The name of the stack. */
    public String stackName() {
        return first ? deployment : deployment + "-Second";
    }

    /** The other Region. */
    public String otherRegion() {
        if (other == null) {
            throw new IllegalStateException(deployment + " is in one Region");
        }
        return other;
    }

    /** The name of the other Region's stack. */
    String otherStackName() {
        return first ? deployment + "-Second" : deployment;
    }

    /** The addresses of the VPC. Those of peered VPCs must not overlap. */
    public String cidr() {
        return cidr(first);
    }

    /** The addresses of the other Region's VPC. */
    public String otherCidr() {
        return cidr(!first);
    }

    /** The schedules that run here. */
    public List<ScheduleSpec> schedules() {
        return Schedules.all().stream()
                .filter(schedule -> home || schedule.perRegion())
                .toList();
    }

    /** The URL of a queue of the other Region. */
    public String otherQueueUrl(String queueName) {
        return "https://sqs." + otherRegion() + "." + Aws.URL_SUFFIX + "/" + Aws.ACCOUNT_ID + "/" + queueName;
    }

    /** The ARN of a queue of the other Region. */
    public String otherQueueArn(String queueName) {
        return "arn:" + Aws.PARTITION + ":sqs:" + otherRegion() + ":" + Aws.ACCOUNT_ID + ":" + queueName;
    }

    /** The workers that ids are made with here: all, or one half. */
    public String snowflakeWorkers() {
        if (other == null) {
            return "0-1023";
        }
        return first ? "0-511" : "512-1023";
    }

    private static String cidr(boolean ofFirst) {
        return ofFirst ? "10.0.0.0/16" : "10.1.0.0/16";
    }
}
