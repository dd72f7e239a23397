package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.HttpRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * Routes of the HTTP API, each answered by its function.
 *
 * <p>API Gateway invokes the functions as one role, which is the integration's credentials (API Gateway V2 API reference,
 * {@code credentialsArn}), instead of by a permission for each route. The role may invoke the aliases of these functions
 * and nothing else.
 */
final class HttpRoutes extends Construct {

    private final RestApi api;
    private final ParleyFunctions functions;
    private final Role invoker;
    private final Map<FunctionSpec, CfnIntegration> integrations = new HashMap<>();

    HttpRoutes(Construct scope, String id, RestApi api, HttpPart part, ParleyFunctions functions) {
        super(scope, id);
        this.api = api;
        this.functions = functions;
        invoker = invoker(part);
        part.routes().forEach(this::add);
    }

    private Role invoker(HttpPart part) {
        Role role = Role.Builder.create(this, "Invoker")
                .description("API Gateway: invokes the functions of the HTTP API, part " + part.number())
                .assumedBy(new ServicePrincipal("apigateway.amazonaws.com"))
                .build();
        List<String> aliases = part.functions().stream()
                .map(spec -> functions.invoked(spec).getFunctionArn())
                .toList();
        // Not grantInvoke, which allows every qualifier below each of these besides.
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("lambda:InvokeFunction"))
                .resources(aliases)
                .build());
        return role;
    }

    private void add(HttpRoute route) {
        CfnIntegration integration = integrations.computeIfAbsent(route.function(), this::integration);
        CfnRoute added = CfnRoute.Builder.create(this, route.routeKey())
                .apiId(api.id())
                .routeKey(route.routeKey())
                .authorizationType("NONE")
                .target("integrations/" + integration.getRef())
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-APIG4",
                        "The function checks the token itself, from its cache, and answers as Discord does; an"
                                + " authorizer would be a second invocation with answers of its own")
                .in(added);
    }

    private CfnIntegration integration(FunctionSpec spec) {
        CfnIntegration integration = CfnIntegration.Builder.create(this, spec.name() + "Integration")
                .apiId(api.id())
                .integrationType("AWS_PROXY")
                .integrationUri(functions.invoked(spec).getFunctionArn())
                .credentialsArn(invoker.getRoleArn())
                .payloadFormatVersion("2.0")
                .build();
        // A route that is there before the policy names its function would answer 500.
        integration.getNode().addDependency(invoker);
        return integration;
    }
}
