package dev.parley.infra;

import software.amazon.awscdk.NestedStack;
import software.constructs.Construct;

/**
 * What functions are reached through and what they publish to: both APIs without their routes, the queues, and the roles,
 * which functions of different stacks share.
 */
final class ApiStack extends NestedStack {

    private final RestApi rest;
    private final GatewayApi gateway;
    private final EventQueues queues;
    private final FunctionRoles roles;

    ApiStack(Construct scope, String id, Naming naming, FileBucket files) {
        super(scope, id);
        rest = new RestApi(this, "Rest", naming.deployment());
        gateway = new GatewayApi(this, "Gateway", naming.deployment());
        queues = new EventQueues(this, "Queues", naming);
        roles = new FunctionRoles(this, "Roles", new FunctionRoles.Props(naming, gateway, queues, files));
    }

    RestApi rest() {
        return rest;
    }

    GatewayApi gateway() {
        return gateway;
    }

    EventQueues queues() {
        return queues;
    }

    FunctionRoles roles() {
        return roles;
    }
}
