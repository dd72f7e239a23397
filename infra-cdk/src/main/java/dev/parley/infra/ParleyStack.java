package dev.parley.infra;

import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Regions;
import dev.parley.catalog.Routes;
import dev.parley.infra.edge.ClientAccess;
import dev.parley.infra.edge.EdgeAddresses;
import dev.parley.infra.edge.EdgeSecret;
import dev.parley.infra.edge.EdgeSecretStore;
import dev.parley.infra.edge.EdgeStack;
import dev.parley.infra.edge.OriginDomains;
import dev.parley.infra.edge.RoutingPolicy;
import dev.parley.infra.observability.ObservedSystem;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.region.OriginHealth;
import dev.parley.infra.region.RegionPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The system in one Region. Its parts are nested stacks, so that one deployment makes or changes all of them, in their order,
 * and rolls all of them back when one fails.
 */
public final class ParleyStack extends Stack {

    /** Parts of the HTTP API whose functions shift at the same time: 75 functions when the API is full. */
    private static final int HTTP_WAVE = 5;

    private final EncryptionKey key;
    private final RestApi rest;
    private final ObservedSystem observed;
    private final List<String> logGroups;

    /**
     * What the catalog lists, in one Region.
     *
     * @param parameters the size and the names
     * @param place which of the Regions it is
     * @param functions the package of the functions: a zip file, or a directory
     * @param routes the routes of the HTTP API, the catalog's at least
     */
    ParleyStack(Construct scope, Parameters parameters, RegionPlace place, Path functions, List<HttpRoute> routes) {
        super(
                scope,
                place.stackName(),
                StackProps.builder()
                        .env(Environment.builder().region(place.region()).build())
                        .description(
                                place.first()
                                        ? "Parley: the chat system"
                                        : "Parley: the chat system in its second Region")
                        .build());
        Naming naming = new Naming(parameters.name());
        key = new EncryptionKey(this, "Key", parameters.name());
        NetworkStack network = new NetworkStack(this, "Network", place);
        DataStack data = new DataStack(this, "Data", parameters, place, network, key);
        ApiStack api = new ApiStack(this, "Api", parameters, place, key, data);
        rest = api.rest();
        ClientAccess clients = access(parameters, place, api);
        FunctionEnvironment environment =
                new FunctionEnvironment(data, naming, place, clients, api.gateway(), api.queues(), parameters);
        FunctionPlatform platform = new FunctionPlatform(
                naming,
                place,
                functions,
                network,
                api.roles(),
                environment,
                api.logs(),
                api.shift(),
                parameters.profile().functions());
        addFunctions(new Placement(routes, place.regions()), api, platform, parameters);
        String readers = data.readOnlyUrl();
        if (readers != null) {
            CfnOutput.Builder.create(this, "ReadOnlyDatabaseUrl")
                    .description("JDBC URL of the database's readers, through RDS Proxy")
                    .value(readers)
                    .build();
        }
        logGroups = FunctionLogs.names(naming);
        observed = new ObservedSystem(
                naming,
                parameters.profile(),
                place,
                api.rest().id(),
                api.gateway().api().getApiId(),
                data.databases(),
                data.cacheId());
        CfnOutput.Builder.create(this, "ApiUrl")
                .description("Base URL of the REST API")
                .value(clients.apiUrl())
                .build();
        CfnOutput.Builder.create(this, "GatewayUrl")
                .description("URL that gateway clients connect to")
                .value(clients.gatewayUrl())
                .build();
    }

    /** The id of the HTTP API. */
    String restApi() {
        return rest.id();
    }

    /** The Region's key. */
    EncryptionKey key() {
        return key;
    }

    /** The names of the functions' log groups. */
    List<String> logGroups() {
        return logGroups;
    }

    /** What alarms and dashboards look at. */
    ObservedSystem observed() {
        return observed;
    }

    /**
     * How clients get in: through the edge when there is a domain, and then no other way. The gateway keeps the name that AWS
     * gives it, since functions reach {@code @connections} there; its function of {@code $connect} refuses whoever comes
     * that way.
     */
    private static ClientAccess access(Parameters parameters, RegionPlace place, ApiStack api) {
        EdgeAddresses addresses = EdgeAddresses.of(parameters);
        if (addresses == null) {
            return ClientAccess.direct(api.rest().url(), api.gateway().url());
        }
        EdgeSecret secret = new EdgeSecret(parameters.name(), parameters.edgeSecret());
        String region = place.region();
        if (place.first()) {
            Set<String> copies = new TreeSet<>(parameters.regions());
            copies.add(EdgeStack.REGION);
            copies.remove(region);
            // In the stack that all functions' stacks wait for, since what they refer to has to be there.
            new EdgeSecretStore(api, "EdgeSecret", secret, copies);
        }
        new OriginDomains(
                api,
                "Domains",
                addresses,
                region,
                routing(place, addresses, api),
                api.rest().target(),
                api.gateway().target());
        api.rest().closeDefaultEndpoint();
        return ClientAccess.through(addresses, secret);
    }

    /** Of two Regions, clients are led to the first one while it is healthy. */
    private static RoutingPolicy routing(RegionPlace place, EdgeAddresses addresses, ApiStack api) {
        if (place.regions() == Regions.ONE) {
            return new RoutingPolicy.Simple();
        }
        OriginHealth health = new OriginHealth(
                api, "OriginHealth", place, addresses.restOrigin(place.region()), Routes.HEALTH.path());
        return new RoutingPolicy.Failover(
                place.home() ? RoutingPolicy.Role.PRIMARY : RoutingPolicy.Role.SECONDARY, place.region(), health.id());
    }

    /** Adds the stacks that functions are in: the migrations, and what waits for them. */
    private void addFunctions(Placement placement, ApiStack api, FunctionPlatform platform, Parameters parameters) {
        Waves waves = new Waves(
                // Where the writer is. The other Region's stack waits for this one.
                platform.region().home() ? new MigrationStack(this, "Migrations", platform) : null,
                parameters.canaryMinutes() > 0);
        waves.add(List.of(
                new GatewayStack(
                        this, "Gateway", placement.gateway(), api.gateway(), platform, parameters.mockHeartbeats()),
                new FanoutStack(this, "Fanout", placement.background(), api.queues(), platform)));
        List<HttpPart> parts = placement.http();
        for (int from = 0; from < parts.size(); from += HTTP_WAVE) {
            waves.add(parts.subList(from, Math.min(from + HTTP_WAVE, parts.size())).stream()
                    .map(part -> new HttpStack(this, part, api.rest(), platform))
                    .toList());
        }
    }
}
