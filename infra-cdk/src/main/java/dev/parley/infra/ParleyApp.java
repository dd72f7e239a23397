package dev.parley.infra;

import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import dev.parley.infra.emulator.Emulation;
import dev.parley.infra.phase.InvalidParameterException;
import dev.parley.infra.phase.Parameters;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/** The CDK app. The CDK command line starts it in the {@code infra-cdk} directory, as {@code cdk.json} says. */
public final class ParleyApp {

    private static final Path PACKAGE = Path.of("..", "functions", "target", "parley-functions.zip");

    private ParleyApp() {}

    /**
     * Writes the cloud assembly of the deployment that the context describes; {@link Parameters} says how. Two deployments with
     * different names can live in one account and Region.
     */
    public static void main(String[] args) {
        if (!Files.isRegularFile(PACKAGE)) {
            fail("The functions are not packaged yet: " + PACKAGE
                    + " does not exist. Run mvn -pl functions -am package in the project's directory first.");
        }
        App app = app(null);
        try {
            Parameters parameters = Parameters.read(
                    key -> Objects.toString(app.getNode().tryGetContext(key), null),
                    System.getenv("CDK_DEFAULT_REGION"));
            new Deployment(app, parameters, PACKAGE, Routes.http());
        } catch (InvalidParameterException e) {
            fail(e.getMessage());
        }
        app.synth();
    }

    /**
     * Writes the cloud assembly of a deployment without the CDK command line.
     *
     * @param functions the package of the functions: a zip file, or a directory
     * @param routes the routes of the HTTP API, the catalog's at least
     * @param directory where it goes
     */
    public static void synthesize(Parameters parameters, Path functions, List<HttpRoute> routes, Path directory) {
        App app = app(directory);
        new Deployment(app, parameters, functions, routes);
        app.synth();
    }

    /**
     * Writes the cloud assembly of a deployment to an emulator of AWS.
     *
     * @param functions the package of the functions: a zip file, or a directory
     * @param directory where it goes
     */
    public static void synthesizeEmulated(Parameters parameters, Emulation emulation, Path functions, Path directory) {
        App app = app(directory);
        new EmulatorStack(app, parameters, emulation, functions, Routes.http());
        app.synth();
    }

    private static void fail(@Nullable String message) {
        System.err.println(message);
        System.exit(1);
    }

    /**
     * An app whose stacks are checked against the AwsSolutions rules of cdk-nag.
     *
     * @param directory where the cloud assembly goes; null leaves it to the CDK command line
     */
    public static App app(@Nullable Path directory) {
        AppProps.Builder props = AppProps.builder()
                .context(Map.of(
                        "@aws-cdk/aws-iam:minimizePolicies",
                        true,
                        // What another stack watches cannot be taken away under it.
                        "@aws-cdk/core:defaultCrossStackReferences",
                        "strong"))
                .analyticsReporting(false);
        if (directory != null) {
            props.outdir(directory.toString());
        }
        App app = new App(props.build());
        Aspects.of(app).add(new AwsSolutionsChecks());
        return app;
    }
}
