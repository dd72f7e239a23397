package dev.parley.infra;

import dev.parley.catalog.Functions;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** Everything that the catalog lists: functions, routes, queues and schedules. */
final class ApiStack extends NestedStack {

    private final GatewayApi gateway;
    private final HttpRoutes http;

    /**
     * What the stack stands on.
     *
     * @param deployment the prefix of all names
     * @param code the package of the functions
     */
    record Props(String deployment, Code code, NetworkStack network, DataEndpoints data) {}

    ApiStack(Construct scope, String id, Props props) {
        super(scope, id);
        Naming naming = new Naming(props.deployment());
        gateway = new GatewayApi(this, "GatewayApi", props.deployment());
        EventQueues queues = new EventQueues(this, "Queues", naming);
        FunctionRoles roles = new FunctionRoles(this, "Roles", new FunctionRoles.Props(naming, gateway, queues));
        FunctionEnvironment environment = new FunctionEnvironment(props.data(), naming, gateway, queues);
        ParleyFunctions functions = new ParleyFunctions(
                this,
                "Functions",
                new ParleyFunctions.Props(Functions.all(), naming, props.code(), props.network(), roles, environment));
        http = new HttpRoutes(this, "Http", props.deployment(), functions);
        new GatewayRoutes(this, "Gateway", gateway, functions);
        queues.feed(functions);
        new TimedFunctions(this, "Schedules", naming, functions);
        new Migration(this, "Migration", functions);
    }

    /** Base URL of the REST API, without a slash at the end. */
    String httpUrl() {
        return http.url();
    }

    /** URL that gateway clients connect to. */
    String gatewayUrl() {
        return gateway.url();
    }
}
