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
 * alias moves to its new version before. A migration that fails stops the deployment and rolls it back; the old code goes
 * on, which every migration must allow.
 */
final class MigrationStack extends NestedStack {

    MigrationStack(Construct scope, String id, FunctionPlatform platform) {
        super(scope, id);
        FunctionSpec migrate = Routes.MIGRATE;
        ParleyFunctions functions = new ParleyFunctions(this, "Functions", List.of(migrate), platform);
        Trigger.Builder.create(this, "Run")
                .handler(functions.function(migrate))
                .timeout(Duration.seconds(migrate.timeout().toSeconds()))
                .executeOnHandlerChange(true)
                .build();
    }
}
