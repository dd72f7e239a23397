package dev.parley.infra;

import dev.parley.catalog.HttpRoute;
import dev.parley.infra.phase.Parameters;
import java.nio.file.Path;
import java.util.List;
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
        EncryptionKey key = new EncryptionKey(this, "Key", parameters.name());
        NetworkStack network = new NetworkStack(this, "Network");
        DataStack data = new DataStack(this, "Data", parameters, network, key);
        ApiStack api = new ApiStack(this, "Api", naming, data.files());
        FunctionEnvironment environment =
                new FunctionEnvironment(data, naming, api.rest(), api.gateway(), api.queues());
        addFunctions(
                new Placement(routes), api, new FunctionPlatform(naming, functions, network, api.roles(), environment));
        CfnOutput.Builder.create(this, "ApiUrl")
                .description("Base URL of the REST API")
                .value(api.rest().url())
                .build();
        CfnOutput.Builder.create(this, "GatewayUrl")
                .description("URL that gateway clients connect to")
                .value(api.gateway().url())
                .build();
    }

    /** Adds the stacks that functions are in: the migrations, and what waits for them. */
    private void addFunctions(Placement placement, ApiStack api, FunctionPlatform platform) {
        MigrationStack migrations = new MigrationStack(this, "Migrations", platform);
        for (HttpPart part : placement.http()) {
            new HttpStack(this, part, api.rest(), platform).addStackDependency(migrations);
        }
        new GatewayStack(this, "Gateway", placement.gateway(), api.gateway(), platform).addStackDependency(migrations);
        new FanoutStack(this, "Fanout", placement.background(), api.queues(), platform).addStackDependency(migrations);
    }
}
