package dev.parley.infra;

import dev.parley.catalog.HttpRoute;
import dev.parley.infra.backup.BackupCopiesStack;
import dev.parley.infra.backup.BackupStack;
import dev.parley.infra.edge.EdgeAddresses;
import dev.parley.infra.edge.EdgeSecret;
import dev.parley.infra.edge.EdgeStack;
import dev.parley.infra.health.HealthStack;
import dev.parley.infra.logsearch.LogsStack;
import dev.parley.infra.observability.ObservabilityStack;
import dev.parley.infra.phase.Parameters;
import dev.parley.infra.phase.SourceRepository;
import dev.parley.infra.pipeline.PipelineStack;
import dev.parley.infra.region.RegionPlace;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Tags;

/** All stacks of one deployment, in all of its Regions. */
final class Deployment {

    /**
     * Adds the stacks to an app.
     *
     * @param functions the package of the functions: a zip file, or a directory
     * @param routes the routes of the HTTP API, the catalog's at least
     */
    Deployment(App app, Parameters parameters, Path functions, List<HttpRoute> routes) {
        ParleyStack system = new ParleyStack(app, parameters, RegionPlace.first(parameters), functions, routes);
        new HealthStack(app, parameters, system.restApi()).addStackDependency(system);
        EdgeAddresses addresses = EdgeAddresses.of(parameters);
        if (addresses != null) {
            // Last: the functions accept a new secret before the edge sends it.
            EdgeSecret secret = new EdgeSecret(parameters.name(), parameters.edgeSecret());
            new EdgeStack(app, parameters, addresses, secret, routes).addStackDependency(system);
        }
        BackupCopiesStack copies = new BackupCopiesStack(app, parameters);
        // Before what they are copies of: S3 takes no replication to a bucket that is not there.
        system.addStackDependency(copies);
        new BackupStack(app, parameters).addStackDependency(system);
        observe(app, parameters, system);
        if (parameters.profile().logSearch()) {
            new LogsStack(
                            app,
                            parameters.name() + "-Logs",
                            parameters,
                            parameters.region(),
                            parameters.name(),
                            system.logGroups(),
                            system.key().key())
                    .addStackDependency(system);
        }
        if (parameters.profile().secondRegion()) {
            ParleyStack second = new ParleyStack(app, parameters, RegionPlace.second(parameters), functions, routes);
            if (parameters.secondIsHome()) {
                system.addStackDependency(second);
            } else {
                second.addStackDependency(system);
            }
            observe(app, parameters, second);
        }
        SourceRepository repository = parameters.repository();
        if (repository != null) {
            new PipelineStack(app, parameters, repository);
        }
        Tags.of(app).add("parley:deployment", parameters.name());
        Tags.of(app).add("parley:phase", parameters.phase().title());
    }

    /** Alarms see metrics of their own Region only, so each has a stack of them. */
    private static void observe(App app, Parameters parameters, ParleyStack system) {
        new ObservabilityStack(
                app,
                system.observed().place().stackName() + "-Observability",
                parameters,
                system.observed().place().region(),
                system.observed(),
                system.key().key());
    }
}
