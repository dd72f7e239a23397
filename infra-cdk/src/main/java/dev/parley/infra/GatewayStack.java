package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import java.util.List;
import software.amazon.awscdk.NestedStack;
import software.constructs.Construct;

/** The gateway: the routes of the WebSocket API and the functions that answer them. */
final class GatewayStack extends NestedStack {

    GatewayStack(Construct scope, String id, List<FunctionSpec> specs, GatewayApi api, FunctionPlatform platform) {
        super(scope, id);
        ParleyFunctions functions = new ParleyFunctions(this, "Functions", specs, platform);
        new GatewayRoutes(this, "Routes", api, functions);
    }
}
