package dev.parley.infra;

import software.amazon.awscdk.NestedStack;
import software.constructs.Construct;

/** One part of the HTTP API: its routes and the functions that answer them. */
final class HttpStack extends NestedStack {

    HttpStack(Construct scope, HttpPart part, RestApi api, FunctionPlatform platform) {
        super(scope, "Http" + part.number());
        ParleyFunctions functions = new ParleyFunctions(
                this, "Functions", new FunctionGroup(part.functions(), FunctionLogs.Part.API), platform);
        new HttpRoutes(this, "Routes", api, part, functions);
    }
}
