package dev.parley.infra;

import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * One whole deployment of Parley. Its parts are nested stacks, so that a plain {@code cdk deploy} makes or changes all of
 * them, in their order, and rolls all of them back when one fails.
 *
 * <p>It is bound to no account or Region: it goes where the credentials of the deployment point.
 */
public final class ParleyStack extends Stack {

    /**
     * A deployment of what the catalog lists.
     *
     * @param name the stack's name, which is also the prefix of the names of functions, queues and log groups
     * @param functions the package of the functions: a zip file, or a directory
     */
    public ParleyStack(Construct scope, String name, Path functions) {
        this(scope, name, functions, Routes.http());
    }

    /**
     * A deployment with an HTTP API of one's own.
     *
     * @param routes the routes of the HTTP API, the catalog's at least
     */
    ParleyStack(Construct scope, String name, Path functions, List<HttpRoute> routes) {
        super(scope, name);
        Naming naming = new Naming(name);
        NetworkStack network = new NetworkStack(this, "Network");
        DataStack data = new DataStack(this, "Data", name, network);
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
        new BackgroundStack(this, "Background", placement.background(), api.queues(), platform)
                .addStackDependency(migrations);
    }
}
