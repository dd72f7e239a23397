package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import java.util.List;
import java.util.Set;
import software.amazon.awscdk.NestedStack;
import software.constructs.Construct;

/** The gateway: the routes of the WebSocket API and the functions that answer them. */
final class GatewayStack extends NestedStack {

    /**
     * The gateway.
     *
     * @param specs the functions of its routes, and what they need
     * @param mockHeartbeats whether API Gateway answers heartbeats itself
     */
    GatewayStack(
            Construct scope,
            String id,
            List<FunctionSpec> specs,
            GatewayApi api,
            FunctionPlatform platform,
            boolean mockHeartbeats) {
        super(scope, id);
        FunctionGroup group = new FunctionGroup(
                specs,
                FunctionLogs.Part.GATEWAY,
                platform.limits().reservedPerOpcode(),
                mockHeartbeats ? Set.of(GatewayRoutes.heartbeat().function()) : Set.of());
        ParleyFunctions functions = new ParleyFunctions(this, "Functions", group, platform);
        new GatewayRoutes(this, "Routes", api, functions, mockHeartbeats);
    }
}
