package dev.parley.local;

import dev.parley.Parley;
import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Alerts;
import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.catalog.Routes;
import dev.parley.connection.ManagementEndpoints;
import dev.parley.local.alert.AlertBoard;
import dev.parley.local.alert.AlertState;
import dev.parley.local.alert.CacheProbe;
import dev.parley.local.alert.DatabaseProbe;
import dev.parley.local.alert.HealthProbe;
import dev.parley.local.alert.MachineProbe;
import dev.parley.local.alert.Measure;
import dev.parley.local.alert.Sampler;
import dev.parley.local.apigateway.ApiGateway;
import dev.parley.local.apigateway.GatewayMark;
import dev.parley.local.bill.BillPage;
import dev.parley.local.fault.FaultSwitches;
import dev.parley.local.fault.Faults;
import dev.parley.local.lambda.LambdaApi;
import dev.parley.local.metrics.LocalMetrics;
import dev.parley.local.relay.MultipartRelay;
import dev.parley.local.schedule.ScheduleRunner;
import dev.parley.local.sqs.EmbeddedSqs;
import dev.parley.local.sqs.EventSourceMapping;
import dev.parley.local.sqs.EventSourceOptions;
import dev.parley.local.store.BinaryCache;
import dev.parley.local.store.DataDirectory;
import dev.parley.local.store.LocalDatabase;
import dev.parley.local.store.LocalPostgres;
import dev.parley.local.store.LocalRedis;
import dev.parley.local.store.LocalS3;
import dev.parley.local.store.RunningPostgres;
import dev.parley.local.web.ConsolePage;
import dev.parley.local.web.RecentErrors;
import dev.parley.price.PriceList;
import dev.parley.settings.Secret;
import dev.parley.settings.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The whole system on one machine: API Gateway, Lambda, SQS and schedules as the catalog describes them, in front of a real
 * PostgreSQL and a real Redis.
 *
 * <p>One cloud at a time a process: the AWS SDK's endpoints are the process's.
 */
public final class LocalCloud implements AutoCloseable {

    private static final Duration LONGEST_MIGRATION = Duration.ofMinutes(15);
    private static final int POOL_SIZE = 10;

    /** Eight gateways and this process must leave some of PostgreSQL's 100 connections to others. */
    private static final int GATEWAY_POOL_SIZE = 5;

    /** Longer than the longest poll of SQS, 20 s. */
    private static final Duration LONG_POLL = Duration.ofSeconds(30);

    private final StartedParts parts = new StartedParts();
    private final StartProgress progress;
    private final LocalCloudOptions options;
    private final ForwardingHost functions = new ForwardingHost();
    private int port;
    private @Nullable LocalFunctions runs;
    private @Nullable LocalSettings functionSettings;
    private @Nullable Faults faults;

    private LocalCloud(LocalCloudOptions options, StartProgress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Starts a cloud; when it returns, clients can connect.
     *
     * @throws dev.parley.local.apigateway.PortTakenException if somebody else listens on the port
     * @throws dev.parley.local.store.DataDirectoryException if the data folder cannot be used
     * @throws LocalCloudException if a part does not start
     */
    public static LocalCloud start(LocalCloudOptions options, StartProgress progress) {
        LocalCloud cloud = new LocalCloud(options, progress);
        try {
            cloud.start();
            return cloud;
        } catch (RuntimeException e) {
            cloud.close();
            throw e;
        }
    }

    /** Where the HTTP API is, without a slash at the end. */
    public String baseUrl() {
        return "http://" + hostForClients() + ":" + port;
    }

    /** Where the gateway is. */
    public String gatewayUrl() {
        return gatewayUrl(port);
    }

    /**
     * Makes things go wrong here.
     *
     * @throws IllegalStateException if the cloud was started without faults
     */
    public Faults faults() {
        Faults switchboard = faults;
        if (switchboard == null) {
            throw new IllegalStateException("The cloud was started without faults");
        }
        return switchboard;
    }

    /**
     * The system that the functions call.
     *
     * @throws IllegalStateException if the functions run in processes of their own
     */
    Parley parley() {
        LocalFunctions running = runs;
        if (running == null) {
            throw new IllegalStateException("No functions yet");
        }
        return running.system();
    }

    /** The environment variables that a function in a process of its own needs to be a part of this. */
    Map<String, String> functionEnvironment() {
        return Objects.requireNonNull(functionSettings, "a cloud that has started")
                .isolatedEnvironment();
    }

    /** What every part invokes functions through. */
    ForwardingHost functions() {
        return functions;
    }

    /** Stops everything; takes some seconds at the most. */
    @Override
    public void close() {
        parts.close();
    }

    private void start() {
        FreePort reserved = FreePort.reserve(options.host(), options.port());
        port = reserved.number();
        List<FreePort> gatewayPorts = reserveGateways();
        var dataFolder = options.data();
        DataDirectory data = keep(dataFolder == null ? DataDirectory.ephemeral() : DataDirectory.open(dataFolder));
        Path logFile = data.folder("log").resolve("parley.jsonl");
        LocalLog.to(logFile);

        BinaryCache binaries = BinaryCache.ofUser();
        LocalRegion region = options.region();
        CompletableFuture<LocalDatabase> databaseStart = region != null
                ? null
                : begin("PostgreSQL", () -> LocalDatabase.start(data.path(), binaries, options.database()));
        CompletableFuture<LocalRedis> redisStart =
                begin("Redis", () -> LocalRedis.start(data.folder("redis"), binaries));
        byte[] random = new byte[20];
        new SecureRandom().nextBytes(random);
        Secret secret = new Secret(HexFormat.of().formatHex(random));
        CompletableFuture<LocalS3> s3Start = begin("S3", () -> startS3(data.folder("s3"), secret));
        LocalRedis redis = finish(redisStart);
        LocalDatabase own = databaseStart == null ? null : finish(databaseStart);
        LocalS3 s3 = finish(s3Start);
        String clusters = own == null ? "" : startClusters(data, binaries, own.password());

        Regions regions = LocalRegion.regions(region);
        LocalMetrics metrics = new LocalMetrics();
        EmbeddedSqs sqs = keep(new EmbeddedSqs(
                Queues.of(regions), options.clock(), region == null ? 0 : region.queuesPort(), metrics));
        LambdaApi lambda = keep(new LambdaApi(functions));
        DatabaseAccess database = region == null
                ? DatabaseAccess.of(Objects.requireNonNull(own, "a cloud that is no Region of two has its own"))
                : region.database();
        Map<String, String> changed = new HashMap<>(region == null ? Map.of() : region.settings());
        changed.putAll(options.settings());
        LocalSettings settings = new LocalSettings(
                functionsUrl(port),
                baseUrl(),
                String.join(",", gatewayUrls(gatewayPorts)),
                database,
                clusters,
                redis.uri(),
                sqs.queueUrl(Queues.EVENTS.name()),
                sqs.queueUrl(Queues.DELIVERIES.name()),
                sqs.endpoint(),
                lambda.endpoint(),
                s3.endpoint(),
                secret,
                data.secret("cdn-key"),
                changed);
        functionSettings = settings;
        keep(SdkProperties.set(settings.awsProperties()));
        LocalFunctions running = keep(
                options.isolated()
                        ? LocalFunctions.isolated(settings, regions, metrics)
                        : inProcess(settings, endpoints(gatewayPorts), regions, metrics));
        runs = running;
        functions.become(running.host());
        if (LocalRegion.isHome(region)) {
            step("schema up to date", this::migrate);
        }

        FaultSwitches switches = new FaultSwitches(options.clock());
        ApiGateway gateway = new ApiGateway(
                settings.gateway(options.host(), port, gatewayPorts.isEmpty() ? null : new GatewayMark(0)),
                Routes.http(),
                Routes.gateway(),
                functions,
                options.clock(),
                metrics,
                switches);
        gateway.addPage("/metrics", metrics::page);
        gateway.setSite(new ConsolePage(List.of(gatewayUrl()), s3.endpoint().toString()));
        if (options.relay()) {
            gateway.setRelay(keep(new MultipartRelay(functionsUrl(port))));
        }
        if (options.faults() && own != null) {
            Faults switchboard = new Faults(switches, gateway, running::crash, redis, own.postgres());
            gateway.addHandler(Faults.PATH, switchboard::answer);
            faults = switchboard;
        }
        AlertBoard alerts = alerts(metrics, database, redis);
        gateway.addHandler(AlertBoard.PATH, alerts::answer);
        gateway.addHandler(RecentErrors.PATH, new RecentErrors(logFile)::answer);
        List<String> others =
                gatewayPorts.stream().map(one -> functionsUrl(one.number())).toList();
        gateway.addHandler(
                BillPage.PATH,
                keep(new BillPage(
                        metrics.consumption(),
                        others,
                        PriceList.load(),
                        options.clock().instant()))::answer);
        reserved.close();
        gateway.start();
        keep(gateway);
        SqsClient polls = keep(SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(LONG_POLL))
                .build());
        for (QueueSpec queue : Queues.of(regions)) {
            metrics.watchQueue(queue.name(), () -> sqs.depth(queue.name()), () -> sqs.depth(queue.deadLetterName()));
            keep(new EventSourceMapping(
                    queue, sqs.queueUrl(queue.name()), polls, functions, EventSourceOptions.local(), switches));
        }
        keep(new ScheduleRunner(LocalRegion.schedules(region), functions, options.clock(), options.scheduleSpeed()));
        keep(new Sampler(alerts));
        if (!gatewayPorts.isEmpty()) {
            List<GatewayProcess> processes = processes(settings, gatewayPorts, data);
            gatewayPorts.forEach(FreePort::close);
            String step = gatewayPorts.size() + " gateways";
            finish(begin(step, () -> GatewayProcesses.start(processes)));
        }
        if (faults != null) {
            keep(faults); // ended first, so that every server is there while the others end
        }
    }

    /** The ports of the gateways that have a process of their own: those after this one's, or any. */
    private List<FreePort> reserveGateways() {
        List<FreePort> ports = new ArrayList<>();
        for (int number = 1; options.gateways() > 1 && number <= options.gateways(); number++) {
            ports.add(keep(FreePort.reserve(options.host(), options.port() == 0 ? 0 : port + number)));
        }
        return ports;
    }

    /** Where clients are told to connect to. */
    private List<String> gatewayUrls(List<FreePort> gateways) {
        return gateways.isEmpty()
                ? List.of(gatewayUrl())
                : gateways.stream().map(one -> gatewayUrl(one.number())).toList();
    }

    /** The {@code @connections} of this process and of each gateway. */
    private List<String> endpoints(List<FreePort> gateways) {
        List<String> endpoints = new ArrayList<>();
        endpoints.add(LocalSettings.managementEndpoint(functionsUrl(port)));
        gateways.forEach(one -> endpoints.add(LocalSettings.managementEndpoint(functionsUrl(one.number()))));
        return endpoints;
    }

    private LocalFunctions inProcess(
            LocalSettings local, List<String> endpoints, Regions regions, LocalMetrics metrics) {
        Settings settings = Settings.of(local.environment(POOL_SIZE));
        return LocalFunctions.inProcess(
                settings,
                endpoints.size() == 1 ? ManagementEndpoints.of(settings) : GatewayPlan.routing(endpoints),
                regions,
                options.clock(),
                metrics);
    }

    private List<GatewayProcess> processes(LocalSettings settings, List<FreePort> gateways, DataDirectory data) {
        List<String> urls = gatewayUrls(gateways);
        List<GatewayProcess> processes = new ArrayList<>();
        for (int i = 0; i < gateways.size(); i++) {
            int gatewayPort = gateways.get(i).number();
            // A client that loses its gateway resumes at another.
            List<String> others = new ArrayList<>(urls);
            others.remove(i);
            GatewayPlan plan = new GatewayPlan(
                    i + 1,
                    options.host(),
                    gatewayPort,
                    data.folder("log").resolve("gateway-" + (i + 1) + ".jsonl").toString(),
                    endpoints(gateways),
                    settings.withGatewayUrl(String.join(",", others)).environment(GATEWAY_POOL_SIZE),
                    settings.awsProperties(),
                    settings.secretKey().value());
            processes.add(new GatewayProcess(plan, urls.get(i), functionsUrl(gatewayPort), progress));
        }
        return processes;
    }

    /** The alerts, and what else they need in the metrics: the names are those of the exporters that a server would have. */
    private AlertBoard alerts(LocalMetrics metrics, DatabaseAccess database, LocalRedis redis) {
        HealthProbe health = keep(new HealthProbe(functionsUrl(port)));
        AlertBoard board = new AlertBoard(
                Alerts.all(),
                List.of(
                        metrics,
                        new MachineProbe(),
                        new CacheProbe(redis),
                        new DatabaseProbe(database.directUrl(), database.user(), database.password()),
                        health),
                options.clock());
        metrics.show("pg_stat_activity_count", () -> board.latest(Measure.DATABASE_CONNECTIONS));
        metrics.show("pg_settings_max_connections", () -> board.latest(Measure.DATABASE_MAX_CONNECTIONS));
        metrics.show("pg_replication_lag_seconds", () -> board.latest(Measure.REPLICATION_LAG));
        metrics.show("parley_database_answer_seconds", () -> board.latest(Measure.DATABASE_SECONDS));
        metrics.showTotal("redis_cpu_seconds", () -> board.latest(Measure.CACHE_CPU_SECONDS));
        metrics.show("redis_memory_used_bytes", () -> board.latest(Measure.CACHE_MEMORY));
        metrics.show("redis_memory_max_bytes", () -> board.latest(Measure.CACHE_MEMORY_MAX));
        metrics.show("machine_cpu_ratio", () -> board.latest(Measure.MACHINE_CPU));
        metrics.show("machine_memory_ratio", () -> board.latest(Measure.MACHINE_MEMORY));
        metrics.showTotal("machine_disk_busy_seconds", () -> board.latest(Measure.DISK_BUSY_SECONDS));
        metrics.show("gateway_connections_max", () -> board.latest(Measure.CONNECTION_CAPACITY));
        metrics.show("parley_health", () -> board.latest(Measure.HEALTHY));
        for (AlertRule rule : Alerts.all()) {
            metrics.show(
                    "parley_alert_firing",
                    () -> board.state(rule).status() == AlertState.Status.ALARM ? 1.0 : 0.0,
                    "alert",
                    rule.name(),
                    "service",
                    rule.service().name().toLowerCase(Locale.ROOT),
                    "severity",
                    rule.severity().name().toLowerCase(Locale.ROOT));
        }
        return board;
    }

    /** The clusters beside that of the directory, as the setting has them. All have one password, as functions have one. */
    private String startClusters(DataDirectory data, BinaryCache binaries, Secret password) {
        List<String> clusters = new ArrayList<>();
        for (int number = 2; number <= options.databaseClusters(); number++) {
            String name = RunningPostgres.OTHER + number;
            LocalPostgres cluster = finish(
                    begin("PostgreSQL " + number, () -> LocalPostgres.start(data.folder(name), binaries, password)));
            clusters.add(name + "=" + cluster.jdbcUrl());
        }
        return String.join(",", clusters);
    }

    private static LocalS3 startS3(Path folder, Secret secret) {
        LocalS3 s3 = new LocalS3(folder, LocalSettings.ACCESS_KEY, secret);
        try {
            s3.createBucket(LocalSettings.BUCKET);
            return s3;
        } catch (RuntimeException e) {
            s3.close();
            throw e;
        }
    }

    private void migrate() {
        try {
            functions
                    .invoke(Routes.MIGRATE.name(), new byte[] {'{', '}'})
                    .get(LONGEST_MIGRATION.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new LocalCloudException("The schema could not be brought up to date: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new LocalCloudException("The schema was not up to date in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted", e);
        }
    }

    private <T extends AutoCloseable> CompletableFuture<T> begin(String name, Supplier<T> start) {
        long begun = System.nanoTime();
        CompletableFuture<T> started = new CompletableFuture<>();
        Thread.ofVirtual().name("start-" + name).start(() -> {
            try {
                T part = start.get();
                synchronized (progress) {
                    progress.done(name, Duration.ofNanos(System.nanoTime() - begun));
                }
                started.complete(part);
            } catch (RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        return started;
    }

    private <T extends AutoCloseable> T finish(CompletableFuture<T> start) {
        try {
            return keep(start.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void step(String name, Runnable work) {
        long begun = System.nanoTime();
        work.run();
        progress.done(name, Duration.ofNanos(System.nanoTime() - begun));
    }

    private <T extends AutoCloseable> T keep(T part) {
        return parts.keep(part);
    }

    private String gatewayUrl(int number) {
        return "ws://" + hostForClients() + ":" + number + "/gateway";
    }

    private String functionsUrl(int number) {
        return "http://" + hostForFunctions() + ":" + number;
    }

    private String hostForClients() {
        return switch (options.host()) {
            case "127.0.0.1", "::1", "0.0.0.0", "::" -> "localhost";
            default -> inUrl(options.host());
        };
    }

    /** Where the functions reach @connections: on the loopback address if the gateway listens there too. */
    private String hostForFunctions() {
        return switch (options.host()) {
            case "localhost", "0.0.0.0", "::" -> "127.0.0.1";
            default -> inUrl(options.host());
        };
    }

    private static String inUrl(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
