package dev.parley.infra;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/**
 * One whole deployment of Parley. Its parts are nested stacks, so that a plain {@code cdk deploy} makes or changes all of
 * them, in their order, and rolls all of them back when one fails.
 *
 * <p>It is bound to no account or Region: it goes where the credentials of the deployment point.
 */
public final class ParleyStack extends Stack {

    /**
     * A deployment.
     *
     * @param name the stack's name, which is also the prefix of the names of functions, queues and log groups
     * @param functions the package of the functions
     */
    public ParleyStack(Construct scope, String name, Code functions) {
        super(scope, name);
        NetworkStack network = new NetworkStack(this, "Network");
        DataStack data = new DataStack(this, "Data", name, network);
        ApiStack api = new ApiStack(this, "Api", new ApiStack.Props(name, functions, network, data.endpoints()));
        CfnOutput.Builder.create(this, "ApiUrl")
                .description("Base URL of the REST API")
                .value(api.httpUrl())
                .build();
        CfnOutput.Builder.create(this, "GatewayUrl")
                .description("URL that gateway clients connect to")
                .value(api.gatewayUrl())
                .build();
    }
}
