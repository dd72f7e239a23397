package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Routes;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.triggers.Trigger;
import software.constructs.Construct;

/**
 * Runs the migrations when a deployment changes the code, before any other function's alias moves to its new version. A
 * migration that fails stops the deployment and rolls it back; the old code goes on, which every migration must allow.
 */
final class Migration extends Construct {

    Migration(Construct scope, String id, ParleyFunctions functions) {
        super(scope, id);
        FunctionSpec migrate = Routes.MIGRATE;
        Trigger trigger = Trigger.Builder.create(this, "Run")
                .handler(functions.function(migrate))
                .timeout(Duration.seconds(migrate.timeout().toSeconds()))
                .executeOnHandlerChange(true)
                .build();
        trigger.executeBefore(functions.aliasesExcept(migrate).toArray(Alias[]::new));
    }
}
