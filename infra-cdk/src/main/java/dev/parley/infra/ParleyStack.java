package dev.parley.infra;

import dev.parley.catalog.HttpRoute;
import dev.parley.infra.edge.ClientAccess;
import dev.parley.infra.edge.EdgeAddresses;
import dev.parley.infra.edge.EdgeSecret;
import dev.parley.infra.edge.EdgeSecretStore;
import dev.parley.infra.edge.EdgeStack;
import dev.parley.infra.edge.OriginDomains;
import dev.parley.infra.edge.RoutingPolicy;
import dev.parley.infra.observability.ObservedSystem;
import dev.parley.infra.phase.Parameters;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
     * What the catalog lists, in the first Region.
     *
     * @param parameters the size and the names
     * @param functions the package of the functions: a zip file, or a directory
     * @param routes the routes of the HTTP API, the catalog's at least
     */
    ParleyStack(Construct scope, Parameters parameters, Path functions, List<HttpRoute> routes) {
        super(
                scope,
                parameters.name(),
                StackProps.builder()
                        .env(Environment.builder().region(parameters.region()).build())
                        .description("Parley: the chat system")
                        .build());
        Naming naming = new Naming(parameters.name());
        key = new EncryptionKey(this, "Key", parameters.name());
        NetworkStack network = new NetworkStack(this, "Network");
        DataStack data = new DataStack(this, "Data", parameters, network, key);
        ApiStack api = new ApiStack(this, "Api", parameters, key, data);
        rest = api.rest();
        ClientAccess clients = access(parameters, getRegion(), api);
        FunctionEnvironment environment =
                new FunctionEnvironment(data, naming, clients, api.gateway(), api.queues(), parameters);
        FunctionPlatform platform = new FunctionPlatform(
                naming,
                functions,
                network,
                api.roles(),
                environment,
                api.logs(),
                api.shift(),
                parameters.profile().functions());
        addFunctions(new Placement(routes), api, platform, parameters);
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
    private static ClientAccess access(Parameters parameters, String region, ApiStack api) {
        EdgeAddresses addresses = EdgeAddresses.of(parameters);
        if (addresses == null) {
            return ClientAccess.direct(api.rest().url(), api.gateway().url());
        }
        EdgeSecret secret = new EdgeSecret(parameters.name(), parameters.edgeSecret());
        // In the stack that all functions' stacks wait for, since what they refer to has to be there.
        new EdgeSecretStore(
                api, "EdgeSecret", secret, region.equals(EdgeStack.REGION) ? Set.of() : Set.of(EdgeStack.REGION));
        new OriginDomains(
                api,
                "Domains",
                addresses,
                region,
                new RoutingPolicy.Simple(),
                api.rest().target(),
                api.gateway().target());
        api.rest().closeDefaultEndpoint();
        return ClientAccess.through(addresses, secret);
    }

    /** Adds the stacks that functions are in: the migrations, and what waits for them. */
    private void addFunctions(Placement placement, ApiStack api, FunctionPlatform platform, Parameters parameters) {
        Waves waves = new Waves(new MigrationStack(this, "Migrations", platform), parameters.canaryMinutes() > 0);
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
