package dev.parley.infra;

import dev.parley.catalog.HttpRoute;
import dev.parley.infra.health.HealthStack;
import dev.parley.infra.phase.Parameters;
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
        ParleyStack system = new ParleyStack(app, parameters, functions, routes);
        new HealthStack(app, parameters, system.restApi()).addStackDependency(system);
        Tags.of(app).add("parley:deployment", parameters.name());
        Tags.of(app).add("parley:phase", parameters.phase().title());
    }
}
