package dev.parley.infra.observability;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Metrics;
import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Service;
import dev.parley.catalog.Signal;
import dev.parley.infra.observability.SystemMetrics.Statistic;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.AlarmState;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.SearchExpression;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.constructs.Construct;

/**
 * One dashboard for the first minutes of an incident: what is wrong on top, then a row for each service in the order in which a
 * message passes them, each beginning with what to look at first.
 */
final class OverviewDashboard extends Construct {

    private static final int WIDTH = 24;
    private static final int HEIGHT = 6;

    private final ObservedSystem system;
    private final SystemMetrics metrics;
    private final Signals signals;
    private final Dashboard dashboard;

    /** @param runbooks what the names of runbooks are relative to, with a slash at its end */
    OverviewDashboard(
            Construct scope, String id, ObservedSystem system, Signals signals, AlertAlarms alarms, String runbooks) {
        super(scope, id);
        this.system = system;
        this.signals = signals;
        metrics = new SystemMetrics(system);
        dashboard = Dashboard.Builder.create(this, "Dashboard")
                // Of the Region too: an account has its dashboards in all Regions at once.
                .dashboardName(system.place().stackName())
                .defaultInterval(Duration.hours(3))
                .build();
        alarms(alarms, runbooks);
        api();
        gateway();
        fanout();
        database();
        cache();
        functions();
    }

    private void alarms(AlertAlarms alarms, String runbooks) {
        text("""
                # What is wrong
                1. A service below is red: its alarms are beside it. Each alarm's description names its runbook (%s).
                2. Several are red: begin with the one furthest down the page. The database and the cache make all above them fail.
                3. Nothing is red and clients complain: look for a gap in *Connections* and for *Delivery latency*; then run the \
                saved query `%s/errors-by-function`.
                4. Did somebody deploy? The alias goes back by itself only while a deployment runs.
                """.formatted(runbooks, system.deployment()), 4);
        dashboard.addWidgets(
                AlarmStatusWidget.Builder.create()
                        .title("Services")
                        .alarms(alarms.composites())
                        .width(6)
                        .height(HEIGHT)
                        .build(),
                AlarmStatusWidget.Builder.create()
                        .title("Alarms that are on")
                        .alarms(Stream.of(Service.values())
                                .flatMap(service -> alarms.of(service).stream())
                                .toList())
                        .states(List.of(AlarmState.ALARM, AlarmState.INSUFFICIENT_DATA))
                        .width(18)
                        .height(HEIGHT)
                        .build());
    }

    private void api() {
        text("""
                ## REST API
                First: are there 5xx, and of which function? `5xx` without `Errors` of a function is API Gateway's own, or a \
                refusal because Redis or the database is away. 429 and other 4xx are the clients'.
                """, 2);
        row(
                graph(
                        "Requests a minute",
                        metrics.restApi("Count", Statistic.SAMPLES),
                        metrics.restApi("4xx", Statistic.SUM),
                        metrics.restApi("5xx", Statistic.SUM)),
                graph(
                        "Latency, ms",
                        metrics.restApi("Latency", Statistic.P50),
                        metrics.restApi("Latency", Statistic.P99),
                        metrics.restApi("IntegrationLatency", Statistic.P99)),
                graph("Errors by function", search("Errors", "Sum")));
    }

    private void gateway() {
        text("""
                ## Gateway
                First: did connections fall at once (API Gateway, network, a mass revoke) or do sessions stay while connections go \
                (clients reconnect and will resume)? Refused resumes mean that the cache lost sessions.
                """, 2);
        row(
                graph(
                        "Connections",
                        metrics.own(Metrics.OPEN_CONNECTIONS),
                        metrics.own(Metrics.SESSIONS),
                        metrics.gatewayApi("ConnectCount", Statistic.SUM)),
                graph(
                        "Frames and failures",
                        metrics.gatewayApi("MessageCount", Statistic.SUM),
                        metrics.gatewayApi("IntegrationError", Statistic.SUM),
                        metrics.gatewayApi("ExecutionError", Statistic.SUM),
                        metrics.gatewayApi("ClientError", Statistic.SUM)),
                graph(
                        "Posts to clients",
                        metrics.own(Metrics.POSTS),
                        metrics.own(Metrics.POST_ERRORS),
                        metrics.own(Metrics.POSTS_GONE)),
                graph(
                        "Heartbeats and resumes",
                        metrics.own(Metrics.MISSED_HEARTBEATS),
                        metrics.own(Metrics.RESUMES),
                        metrics.own(Metrics.RESUMES_REFUSED)));
    }

    private void fanout() {
        text("""
                ## Fan-out
                First: does the queue grow while its consumers run (too slow, or posts are throttled) or while they do not (they \
                fail: look at dead letters and at retried batches)? An old outbox with an empty queue means that nothing is published.
                """, 2);
        row(
                graph("Messages that wait", queues("ApproximateNumberOfMessagesVisible", system.naming()::queue)),
                graph("Age of the oldest, s", queues("ApproximateAgeOfOldestMessage", system.naming()::queue)),
                graph(
                        "Dead letters and outbox age, s",
                        Stream.concat(
                                        queues("ApproximateNumberOfMessagesVisible", system.naming()::deadLetterQueue)
                                                .stream(),
                                        Stream.of(metrics.own(Metrics.OUTBOX_AGE)))
                                .toList()),
                graph(
                        "Delivery latency, ms",
                        metrics.own(Metrics.DELIVERY_LATENCY, Statistic.P50),
                        metrics.own(Metrics.DELIVERY_LATENCY, Statistic.P99)));
    }

    private void database() {
        text("""
                ## Database
                First: is capacity at its maximum? Then CPU and memory say which kind. Connections full at low CPU means that \
                transactions wait for something: locks, or functions that hold them too long.
                """, 2);
        row(
                graph("CPU of the largest capacity, %", signals.of(Service.DATABASE, Signal.CPU_USAGE)),
                graph(
                        "Capacity, ACU",
                        system.databases().stream()
                                .map(database ->
                                        metrics.cluster(database, "ServerlessDatabaseCapacity", Statistic.MAXIMUM))
                                .toList()),
                graph(
                        "Connections, % of the proxy's maximum",
                        signals.of(Service.DATABASE, Signal.DATABASE_CONNECTIONS)),
                graph("Query time, ms", signals.of(Service.DATABASE, Signal.QUERY_TIME)));
        row(
                graph("Memory of the largest capacity, %", signals.of(Service.DATABASE, Signal.MEMORY_USAGE)),
                graph("Disk operations, % of the budget", signals.of(Service.DATABASE, Signal.DISK_IO)),
                graph("Replication lag, s", signals.of(Service.DATABASE, Signal.REPLICATION_LAG)),
                graph(
                        "Sessions pinned to a connection",
                        system.databases().stream()
                                .map(database -> metrics.proxy(
                                        database,
                                        DatabaseRole.WRITER,
                                        "DatabaseConnectionsCurrentlySessionPinned",
                                        Statistic.SUM))
                                .toList()));
        row(
                graph(
                        "Reads of readers, and those that the writer had to answer",
                        metrics.own(Metrics.READER_READS),
                        metrics.own(Metrics.READER_FALLBACKS)),
                graph("Age of what readers show, s", metrics.own(Metrics.READER_LAG)));
    }

    private void cache() {
        text("""
                ## Cache
                First: one node high and the others not is a hot key: a guild's recipients or a session that everybody writes to. \
                Evictions lose sessions and must stay at 0. New connections rise with every wave of new Lambda environments.
                """, 2);
        row(
                graph("CPU of the engine, %", nodes("EngineCPUUtilization", Statistic.MAXIMUM)),
                graph("Memory, %", nodes("DatabaseMemoryUsagePercentage", Statistic.MAXIMUM)),
                graph("Evictions", nodes("Evictions", Statistic.SUM)),
                graph("Connections", nodes("CurrConnections", Statistic.MAXIMUM)));
    }

    private void functions() {
        text("""
                ## Functions
                First: is concurrency at the account's limit? Then everything is throttled, and the REST API answers 503. Concurrency \
                that grows while requests do not means that functions wait for the database or the cache.
                """, 2);
        row(
                graph(
                        "Concurrency of the account",
                        metrics.allFunctions("ConcurrentExecutions", Statistic.MAXIMUM),
                        metrics.allFunctions("Throttles", Statistic.SUM)),
                graph("Duration of consumers, p99, ms", consumers("Duration", Statistic.P99)),
                graph(
                        "Duration of the gateway, p99, ms",
                        GatewaySignals.functions().stream()
                                .map(function -> metrics.function(function, "Duration", Statistic.P99))
                                .toList()),
                graph("Throttles by function", search("Throttles", "Sum")));
    }

    private List<Metric> consumers(String name, Statistic statistic) {
        return Queues.of(system.place().regions()).stream()
                .map(QueueSpec::consumer)
                .map((FunctionSpec function) -> metrics.function(function, name, statistic))
                .toList();
    }

    private List<Metric> queues(String name, Function<QueueSpec, String> queue) {
        return Queues.of(system.place().regions()).stream()
                .map(spec -> metrics.queue(queue.apply(spec), name, Statistic.MAXIMUM))
                .toList();
    }

    private List<Metric> nodes(String name, Statistic statistic) {
        return CacheSignals.nodes(system.cacheGroup(), system.profile().cache()).stream()
                .map(node -> metrics.cacheNode(node, name, statistic))
                .toList();
    }

    /** A metric of every function of the deployment that has it; graphs may search, alarms may not. */
    private IMetric search(String name, String statistic) {
        return SearchExpression.Builder.create()
                .expression("SEARCH('{AWS/Lambda,FunctionName} MetricName=\"" + name + "\" FunctionName=\""
                        + system.deployment() + "-\"', '" + statistic + "', 60)")
                .label("")
                .period(Duration.minutes(1))
                .build();
    }

    private static GraphWidget.Builder graph(String title, IMetric... metrics) {
        return graph(title, List.of(metrics));
    }

    private static GraphWidget.Builder graph(String title, List<? extends IMetric> metrics) {
        return GraphWidget.Builder.create().title(title).left(metrics).height(HEIGHT);
    }

    private void row(GraphWidget.Builder... graphs) {
        dashboard.addWidgets(Stream.of(graphs)
                .map(graph -> graph.width(WIDTH / graphs.length).build())
                .toArray(IWidget[]::new));
    }

    private void text(String markdown, int height) {
        dashboard.addWidgets(TextWidget.Builder.create()
                .markdown(markdown)
                .width(WIDTH)
                .height(height)
                .build());
    }
}
