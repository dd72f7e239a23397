package dev.parley.infra;

import dev.parley.catalog.QueueSpec;
import dev.parley.catalog.Queues;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.PhaseProfile.GatewaySize;
import dev.parley.infra.region.RegionPlace;
import dev.parley.infra.rollout.AliasShift;
import dev.parley.infra.rollout.GradualShift;
import dev.parley.infra.rollout.RollbackAlarms;
import java.util.List;
import software.amazon.awscdk.NestedStack;
import software.constructs.Construct;

/**
 * What functions are reached through and what they publish to: both APIs without their routes, the queues, and what functions of
 * different stacks share: roles, log groups, and how they get to a new version.
 */
final class ApiStack extends NestedStack {

    private final RestApi rest;
    private final GatewayApi gateway;
    private final EventQueues queues;
    private final FunctionRoles roles;
    private final FunctionLogs logs;
    private final AliasShift shift;

    ApiStack(Construct scope, String id, Parameters parameters, RegionPlace place, EncryptionKey key, DataAccess data) {
        super(scope, id);
        Naming naming = new Naming(parameters.name());
        LogGroups groups = new LogGroups(naming, key);
        GatewaySize size = parameters.profile().gateway();
        rest = new RestApi(this, "Rest", naming.deployment(), size, groups);
        gateway = new GatewayApi(this, "Gateway", naming.deployment(), size);
        queues = new EventQueues(this, "Queues", naming, place.regions());
        roles = new FunctionRoles(this, "Roles", new FunctionRoles.Props(naming, place, gateway, queues, data));
        logs = new FunctionLogs(this, "Logs", groups);
        shift = shift(parameters, naming, Queues.of(place.regions()));
    }

    private AliasShift shift(Parameters parameters, Naming naming, List<QueueSpec> watched) {
        if (parameters.canaryMinutes() == 0) {
            return AliasShift.AT_ONCE;
        }
        RollbackAlarms alarms = new RollbackAlarms(
                this,
                "RollbackAlarms",
                naming.deployment(),
                new RollbackAlarms.Watched(
                        rest.id(),
                        gateway.api().getApiId(),
                        logs.of(FunctionLogs.Part.GATEWAY),
                        watched.stream()
                                .map(QueueSpec::consumer)
                                .map(naming::function)
                                .toList(),
                        watched.stream().map(naming::queue).toList()));
        return new GradualShift(this, "Shift", naming.deployment(), parameters.canaryMinutes(), alarms);
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

    FunctionLogs logs() {
        return logs;
    }

    AliasShift shift() {
        return shift;
    }
}
