package dev.parley.infra.health;

import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.MissingData;
import dev.parley.catalog.Signal;
import dev.parley.infra.AcceptedFinding;
import dev.parley.infra.phase.Parameters;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.route53.HealthCheck;
import software.amazon.awscdk.services.route53.HealthCheckType;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * A Route 53 health check that asks for {@code /health} from three parts of the world, and an alarm for each rule of the alert table that
 * is about it. {@code /health} asks the database and the cache itself, so that an answer means that all three work.
 */
final class OutsideHealth extends Construct {

    private static final String PATH = "/health";

    /** Three is the fewest; each Region's checkers ask on their own, and all of them are requests that cost something. */
    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-1");

    private static final int INTERVAL_SECONDS = 30;

    /** Failures in a row that make a checker say no. What a single checker says changes nothing: Route 53 wants 18 % to say yes. */
    private static final int FAILURES = 2;

    private final String runbooks;
    private final HealthCheck check;
    private final Topic topic;

    /**
     * The check of a deployment.
     *
     * @param host where {@code /health} is
     * @param parameters whose deployment it is, and who hears of it
     */
    OutsideHealth(Construct scope, String id, String host, Parameters parameters) {
        super(scope, id);
        String deployment = parameters.name();
        runbooks = parameters.runbooks();
        check = HealthCheck.Builder.create(this, "Check")
                .type(HealthCheckType.HTTPS)
                .fqdn(host)
                .port(443)
                .resourcePath(PATH)
                .requestInterval(Duration.seconds(INTERVAL_SECONDS))
                .failureThreshold(FAILURES)
                .regions(REGIONS)
                .enableSni(true)
                .build();
        topic = Topic.Builder.create(this, "Topic")
                .topicName(deployment + "-Health")
                .displayName(deployment + " health")
                .enforceSsl(true)
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-SNS2",
                        "A message says that the system does or does not answer, which everybody can see; a key of its own in this"
                                + " Region would cost as much as the check")
                .in(topic);
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("Alarms")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
        String email = parameters.alarmEmail();
        if (email != null) {
            topic.addSubscription(new EmailSubscription(email));
        }
        Alerts.all().stream().filter(rule -> rule.signal() == Signal.HEALTH).forEach(rule -> alarm(deployment, rule));
    }

    private void alarm(String deployment, AlertRule rule) {
        Alarm alarm = Alarm.Builder.create(this, rule.id())
                .alarmName(deployment + "-" + rule.id())
                .alarmDescription("Asked from outside, " + PATH + " does not answer 200. Runbook: " + runbooks
                        + rule.runbook() + ".md")
                .metric(Metric.Builder.create()
                        .namespace("AWS/Route53")
                        .metricName("HealthCheckStatus")
                        .dimensionsMap(Map.of("HealthCheckId", check.getHealthCheckId()))
                        .statistic("Minimum")
                        .period(Duration.seconds(AlertRule.PERIOD.toSeconds()))
                        .build())
                .comparisonOperator(
                        rule.comparison() == AlertRule.Comparison.BELOW
                                ? ComparisonOperator.LESS_THAN_THRESHOLD
                                : ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(rule.threshold())
                .evaluationPeriods(rule.periods())
                .datapointsToAlarm(rule.periods())
                .treatMissingData(missing(rule.missing()))
                .build();
        SnsAction notice = new SnsAction(topic);
        alarm.addAlarmAction(notice);
        alarm.addOkAction(notice);
    }

    private static TreatMissingData missing(MissingData missing) {
        return switch (missing) {
            case BAD -> TreatMissingData.BREACHING;
            case FINE -> TreatMissingData.NOT_BREACHING;
            case UNKNOWN -> TreatMissingData.IGNORE;
        };
    }
}
