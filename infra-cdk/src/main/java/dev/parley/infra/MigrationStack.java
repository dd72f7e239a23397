package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Routes;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.triggers.Trigger;
import software.constructs.Construct;

/**
 * Runs the migrations when a deployment changes the code. The stacks of all other functions wait for this one, so that no
 * alias moves to its new version before. A migration that fails stops the deployment and rolls it back, with the message of its error
 * as the reason that CloudFormation gives; the old code goes on, which every migration must allow.
 */
final class MigrationStack extends NestedStack {

    /**
     * How much longer than the migration may take its invoker waits, which has 15 min itself. If it gave up first, it would invoke a second
     * time beside the first; if it did not outlive the migration, CloudFormation would wait an hour for its answer.
     */
    private static final int GRACE_SECONDS = 20;

    MigrationStack(Construct scope, String id, FunctionPlatform platform) {
        super(scope, id);
        FunctionSpec migrate = Routes.MIGRATE;
        ParleyFunctions functions = new ParleyFunctions(
                this, "Functions", new FunctionGroup(List.of(migrate), FunctionLogs.Part.MIGRATIONS), platform);
        Trigger.Builder.create(this, "Run")
                .handler(functions.function(migrate))
                .timeout(Duration.seconds(migrate.timeout().toSeconds() + GRACE_SECONDS))
                .executeOnHandlerChange(true)
                .build();
    }
}
