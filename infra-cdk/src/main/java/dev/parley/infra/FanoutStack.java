package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import java.util.List;
import software.amazon.awscdk.NestedStack;
import software.constructs.Construct;

/** The fan-out, and the other functions that no client calls: fed from queues, run by the clock, or invoked by hand. */
final class FanoutStack extends NestedStack {

    FanoutStack(Construct scope, String id, List<FunctionSpec> specs, EventQueues queues, FunctionPlatform platform) {
        super(scope, id);
        ParleyFunctions functions = new ParleyFunctions(
                this, "Functions", new FunctionGroup(specs, FunctionLogs.Part.BACKGROUND), platform);
        queues.feed(functions, platform.limits());
        new TimedFunctions(
                this, "Schedules", platform.naming(), platform.region().schedules(), functions);
    }
}
