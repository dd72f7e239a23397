package dev.parley.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/** The CDK app. The CDK command line starts it in the {@code infra-cdk} directory, as {@code cdk.json} says. */
public final class ParleyApp {

    private static final Path PACKAGE = Path.of("..", "functions", "target", "parley-functions.zip");
    private static final String DEFAULT_NAME = "Parley";

    private ParleyApp() {}

    /**
     * Writes the cloud assembly of the deployment that the context key {@code name} names, {@code Parley} when there is
     * none. Two deployments with different names can live in one account and Region.
     */
    public static void main(String[] args) {
        if (!Files.isRegularFile(PACKAGE)) {
            System.err.println("The functions are not packaged yet: " + PACKAGE
                    + " does not exist. Run mvn -pl functions -am package in the project's directory first.");
            System.exit(1);
        }
        App app = app(null);
        Object name = app.getNode().tryGetContext("name");
        new ParleyStack(app, name == null ? DEFAULT_NAME : name.toString(), PACKAGE);
        app.synth();
    }

    /**
     * An app whose stacks are checked against the AwsSolutions rules of cdk-nag.
     *
     * @param directory where the cloud assembly goes; null leaves it to the CDK command line
     */
    static App app(@Nullable Path directory) {
        AppProps.Builder props = AppProps.builder()
                .context(Map.of("@aws-cdk/aws-iam:minimizePolicies", true))
                .analyticsReporting(false);
        if (directory != null) {
            props.outdir(directory.toString());
        }
        App app = new App(props.build());
        Aspects.of(app).add(new AwsSolutionsChecks());
        return app;
    }
}
