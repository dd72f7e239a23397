package dev.parley.infra.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/**
 * The alarms that take a new version back. They are shared by all functions, and apart from the alert table: they exist before the first
 * function, and they are quicker and sharper than what wakes somebody. A new version has a tenth of the invocations, so that one which
 * fails every time shows as a tenth of errors in its service, and as less where other functions share it.
 *
 * <p>Each fires after two minutes in a row, and only from {@value #FEWEST} errors a minute on, so that a single failure at night does not stop
 * a deployment.
 */
public final class RollbackAlarms extends Construct {

    /** Errors a minute below which nothing is taken back. */
    private static final int FEWEST = 5;

    /** Of all requests, in percent: the alert table's warning for the error rate. */
    private static final int ERRORS = 1;

    /** Of all invocations that consume from queues, in percent. */
    private static final int FAILED_BATCHES = 2;

    /** Seconds that a message may wait. A FIFO group stands still while one of its messages is tried again. */
    private static final int OLDEST = 120;

    private static final int MINUTES = 2;
    private static final Duration PERIOD = Duration.minutes(1);

    private final String deployment;
    private final List<String> names = new ArrayList<>();

    /**
     * What is watched.
     *
     * @param restApi id of the HTTP API
     * @param gatewayApi id of the WebSocket API
     * @param gatewayLogs where the gateway's functions log
     * @param consumers names of the functions that consume from queues
     * @param queues names of the queues
     */
    public record Watched(
            String restApi, String gatewayApi, ILogGroup gatewayLogs, List<String> consumers, List<String> queues) {}

    /**
     * The alarms of a deployment.
     *
     * @param deployment the prefix of the alarms' names
     */
    public RollbackAlarms(Construct scope, String id, String deployment, Watched watched) {
        super(scope, id);
        this.deployment = deployment;
        rest(watched.restApi());
        gateway(watched.gatewayApi(), watched.gatewayLogs());
        fanout(watched.consumers());
        queues(watched.queues());
    }

    /** The names of all of them, for deployment groups. */
    public List<String> names() {
        return List.copyOf(names);
    }

    private void rest(String api) {
        Map<String, String> dimensions = Map.of("ApiId", api);
        alarm(
                "RestErrors",
                "Answers of the REST API that are 5xx, in percent",
                "IF(failed >= " + FEWEST + ", 100 * failed / requests, 0)",
                Map.of(
                        "failed", sum("AWS/ApiGateway", "5xx", dimensions),
                        "requests", sum("AWS/ApiGateway", "Count", dimensions)),
                ERRORS);
    }

    /**
     * Frames that failed are counted where API Gateway notices, and in the logs: a function whose code throws answers the client as the
     * protocol has it, which is no error for API Gateway. Requests are the samples of the integrations' latency: unlike MessageCount,
     * it leaves out posts to connections (API Gateway developer guide, "Monitor WebSocket API execution with CloudWatch metrics").
     */
    private void gateway(String api, ILogGroup logs) {
        MetricFilter logged = MetricFilter.Builder.create(this, "GatewayLoggedErrors")
                .logGroup(logs)
                .filterPattern(FilterPattern.stringValue("$.level", "=", "ERROR"))
                .metricNamespace(deployment + "/Rollback")
                .metricName("GatewayLoggedErrors")
                .metricValue("1")
                .build();
        Map<String, String> dimensions = Map.of("ApiId", api);
        String failed = "(FILL(integration, 0) + FILL(execution, 0) + FILL(logged, 0))";
        alarm(
                "GatewayErrors",
                "Frames and upgrades that failed, in percent",
                "IF(" + failed + " >= " + FEWEST + ", 100 * " + failed + " / requests, 0)",
                Map.of(
                        "integration", sum("AWS/ApiGateway", "IntegrationError", dimensions),
                        "execution", sum("AWS/ApiGateway", "ExecutionError", dimensions),
                        "logged",
                                logged.metric(MetricOptions.builder()
                                        .statistic("Sum")
                                        .period(PERIOD)
                                        .build()),
                        "requests", metric("AWS/ApiGateway", "IntegrationLatency", dimensions, "SampleCount")),
                ERRORS);
    }

    private void fanout(List<String> consumers) {
        Map<String, IMetric> metrics = new TreeMap<>();
        for (int i = 0; i < consumers.size(); i++) {
            Map<String, String> dimensions = Map.of("FunctionName", consumers.get(i));
            metrics.put("failed" + i, sum("AWS/Lambda", "Errors", dimensions));
            metrics.put("batches" + i, sum("AWS/Lambda", "Invocations", dimensions));
        }
        String failed = total(metrics, "failed");
        alarm(
                "FanoutErrors",
                "Invocations of the consumers that failed, in percent",
                "IF(" + failed + " >= " + FEWEST + ", 100 * (" + failed + ") / (" + total(metrics, "batches") + "), 0)",
                metrics,
                FAILED_BATCHES);
    }

    private void queues(List<String> queues) {
        Map<String, IMetric> metrics = new TreeMap<>();
        for (int i = 0; i < queues.size(); i++) {
            metrics.put(
                    "oldest" + i,
                    metric("AWS/SQS", "ApproximateAgeOfOldestMessage", Map.of("QueueName", queues.get(i)), "Maximum"));
        }
        alarm(
                "QueueAge",
                "Seconds that the oldest message has waited",
                "MAX([" + String.join(", ", metrics.keySet()) + "])",
                metrics,
                OLDEST);
    }

    private static String total(Map<String, IMetric> metrics, String prefix) {
        return metrics.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> "FILL(" + name + ", 0)")
                .collect(Collectors.joining(" + "));
    }

    private static Metric sum(String namespace, String name, Map<String, String> dimensions) {
        return metric(namespace, name, dimensions, "Sum");
    }

    private static Metric metric(String namespace, String name, Map<String, String> dimensions, String statistic) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic(statistic)
                .period(PERIOD)
                .build();
    }

    private void alarm(
            String name, String description, String expression, Map<String, ? extends IMetric> metrics, int threshold) {
        Alarm alarm = Alarm.Builder.create(this, name)
                .alarmName(deployment + "-Rollback-" + name)
                .alarmDescription(description + ". While it is on, new versions of functions are taken back"
                        + " (docs/functions.md, \"New versions\").")
                .metric(MathExpression.Builder.create()
                        .expression(expression)
                        .usingMetrics(metrics)
                        .label(name)
                        .period(PERIOD)
                        .build())
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(threshold)
                .evaluationPeriods(MINUTES)
                .datapointsToAlarm(MINUTES)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        names.add(alarm.getAlarmName());
    }
}
