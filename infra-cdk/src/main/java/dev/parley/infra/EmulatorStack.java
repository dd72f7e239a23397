package dev.parley.infra;

import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import dev.parley.infra.edge.ClientAccess;
import dev.parley.infra.emulator.Emulation;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.region.RegionPlace;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CliCredentialsStackSynthesizer;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The system in an emulator of AWS: the same functions, routes, queues and schedules as {@link ParleyStack} has, from the same
 * constructs, without what emulators lack or what would be of no use there. The database and the cache are servers beside
 * it; there is no VPC, no shift to new versions, and nothing beside this stack. {@code docs/emulator.md} lists it.
 *
 * <p>It needs no bootstrapped account, whose stack has a registry of container images that emulators start a server for: files go to the bucket
 * {@link #ASSETS} with the credentials of the command line. Whoever deploys makes the bucket, and runs the migrations by invoking
 * {@link Routes#MIGRATE}, which in AWS a custom resource does with a function in a runtime of its own.
 */
public final class EmulatorStack extends Stack {

    /** The bucket that the command line uploads templates and the functions' package to. */
    public static final String ASSETS = "parley-emulator-assets";

    /**
     * What the catalog lists.
     *
     * @param functions the package of the functions: a zip file, or a directory
     * @param routes the routes of the HTTP API, the catalog's at least
     */
    EmulatorStack(Construct scope, Parameters parameters, Emulation emulation, Path functions, List<HttpRoute> routes) {
        super(
                scope,
                parameters.name(),
                StackProps.builder()
                        .env(Environment.builder().region(parameters.region()).build())
                        .description("Parley: the chat system, in an emulator")
                        .synthesizer(CliCredentialsStackSynthesizer.Builder.create()
                                .fileAssetsBucketName(ASSETS)
                                .build())
                        .build());
        Naming naming = new Naming(parameters.name());
        EncryptionKey key = new EncryptionKey(this, "Key", parameters.name());
        RegionPlace place = RegionPlace.only(parameters);
        EmulatedData data = new EmulatedData(this, "Data", parameters, place, key);
        ApiStack api = new ApiStack(this, "Api", parameters, place, key, data);
        ClientAccess clients = ClientAccess.direct(
                emulation.restUrl(api.rest().id()),
                emulation.gatewayUrl(api.gateway().api().getApiId(), GatewayApi.STAGE));
        FunctionPlatform platform = new FunctionPlatform(
                naming,
                place,
                functions,
                new EmulatedPlace(),
                api.roles(),
                new EmulatedEnvironment(emulation, naming, data, api, clients, parameters),
                api.logs(),
                api.shift(),
                parameters.profile().functions());
        addFunctions(new Placement(routes, place.regions()), api, platform, parameters);
        CfnOutput.Builder.create(this, "ApiUrl")
                .description("Base URL of the REST API")
                .value(clients.apiUrl())
                .build();
        CfnOutput.Builder.create(this, "GatewayUrl")
                .description("URL that gateway clients connect to")
                .value(clients.gatewayUrl())
                .build();
    }

    private void addFunctions(Placement placement, ApiStack api, FunctionPlatform platform, Parameters parameters) {
        NestedStack migrations = new NestedStack(this, "Migrations");
        new ParleyFunctions(
                migrations,
                "Functions",
                new FunctionGroup(List.of(Routes.MIGRATE), FunctionLogs.Part.MIGRATIONS),
                platform);
        new GatewayStack(this, "Gateway", placement.gateway(), api.gateway(), platform, parameters.mockHeartbeats());
        new FanoutStack(this, "Fanout", placement.background(), api.queues(), platform);
        placement.http().forEach(part -> new HttpStack(this, part, api.rest(), platform));
    }
}
