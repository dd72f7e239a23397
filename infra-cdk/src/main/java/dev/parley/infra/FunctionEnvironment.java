package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Regions;
import dev.parley.catalog.Routes;
import dev.parley.infra.edge.ClientAccess;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.region.RegionPlace;
import dev.parley.settings.Setting;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables of the functions in AWS. */
final class FunctionEnvironment implements FunctionVariables {

    /**
     * Options of the Java virtual machine. The compiler stops at its first tier, which pays for functions that run for
     * milliseconds; IPv6 is preferred because the VPC has no other way out; resolved names are kept for 5 s only, since
     * a snapshot lives longer than the address of a database.
     */
    static final String JAVA_OPTIONS = "-XX:+TieredCompilation -XX:TieredStopAtLevel=1"
            + " -Djava.net.preferIPv6Addresses=true -Dsun.net.inetaddr.ttl=5";

    /** What the other Region changes is seen after this time at the latest: each Region has a cache of its own. */
    private static final String SHARED_CACHE_LIFETIME = "30s";

    private final DataEndpoints data;
    private final FileBucket files;
    private final Naming naming;
    private final RegionPlace place;
    private final ClientAccess clients;
    private final GatewayApi gateway;
    private final EventQueues queues;
    private final Parameters parameters;

    FunctionEnvironment(
            DataStack data,
            Naming naming,
            RegionPlace place,
            ClientAccess clients,
            GatewayApi gateway,
            EventQueues queues,
            Parameters parameters) {
        this.parameters = parameters;
        this.data = data.endpoints();
        files = data.files();
        this.clients = clients;
        this.naming = naming;
        this.place = place;
        this.gateway = gateway;
        this.queues = queues;
    }

    @Override
    public Map<String, String> of(FunctionSpec function) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("JAVA_TOOL_OPTIONS", JAVA_OPTIONS);
        variables.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
        variables.put(Setting.DEPLOYMENT.variable(), naming.deployment());
        variables.put(Setting.DATABASE_URL.variable(), data.databaseUrl());
        String readers = data.readerUrl();
        if (readers != null) {
            variables.put(Setting.DATABASE_READER_URL.variable(), readers);
        }
        if (!data.contentUrls().isEmpty()) {
            variables.put(Setting.DATABASE_CLUSTERS.variable(), data.contentUrls());
        }
        variables.put(Setting.DATABASE_USER.variable(), Database.FUNCTIONS_USER);
        variables.put(Setting.DATABASE_IAM.variable(), "true");
        variables.put(Setting.REDIS_URL.variable(), data.redisUrl());
        variables.put(Setting.REDIS_CACHE.variable(), data.redisCache());
        variables.put(Setting.REDIS_USER.variable(), data.redisUser());
        variables.put(Setting.CDN_KEY.variable(), data.cdnKey());
        variables.put(
                Setting.EVENTS_QUEUE_URL.variable(),
                place.home()
                        ? queues.of(Queues.EVENTS).getQueueUrl()
                        : place.otherQueueUrl(naming.queue(Queues.EVENTS)));
        if (place.regions() == Regions.TWO) {
            variables.put(
                    Setting.RELAY_QUEUE_URL.variable(), queues.of(Queues.RELAY).getQueueUrl());
            variables.put(Setting.RELAY_TARGET_URL.variable(), place.otherQueueUrl(naming.queue(Queues.EVENTS)));
            variables.put(Setting.SNOWFLAKE_WORKERS.variable(), place.snowflakeWorkers());
            variables.put(Setting.CACHE_LIFETIME.variable(), SHARED_CACHE_LIFETIME);
        }
        if (!files.region().equals(place.region())) {
            variables.put(Setting.STORAGE_REGION.variable(), files.region());
        }
        variables.put(
                Setting.DELIVERIES_QUEUE_URL.variable(),
                queues.of(Queues.DELIVERIES).getQueueUrl());
        variables.put(Setting.STORAGE_BUCKET.variable(), files.name());
        variables.putAll(clients.variables());
        variables.put(Setting.MANAGEMENT_ENDPOINT.variable(), gateway.managementEndpoint());
        variables.put(
                Setting.POST_RATE.variable(),
                Integer.toString(parameters.profile().gateway().postsPerSecond()));
        variables.put(Setting.HEARTBEATS_SEEN.variable(), Boolean.toString(!parameters.mockHeartbeats()));
        // Every function builds the whole system; the policy of its role says whether it may invoke this.
        variables.put(Setting.HELLO_FUNCTION.variable(), naming.aliasArn(Routes.HELLO));
        if (Power.of(function).contains(Power.MIGRATE)) {
            variables.put(Setting.MIGRATION_URL.variable(), data.migrationUrl());
            if (!data.contentMigrationUrls().isEmpty()) {
                variables.put(Setting.MIGRATION_CLUSTERS.variable(), data.contentMigrationUrls());
            }
            variables.put(Setting.MIGRATION_USER.variable(), Database.OWNER);
        }
        return variables;
    }
}
