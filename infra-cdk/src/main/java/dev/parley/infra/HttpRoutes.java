package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.HttpRoute;
import dev.parley.catalog.Routes;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteKey;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IpAddressType;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The HTTP API: one route for each that the catalog lists, answered by its function. */
final class HttpRoutes extends Construct {

    /** What an access log line holds: no path, no query and no header, which name people and could hold secrets. */
    private static final String ACCESS_LOG =
            "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTimeEpoch\","
                    + "\"route\":\"$context.routeKey\",\"status\":\"$context.status\","
                    + "\"latencyMs\":\"$context.responseLatency\",\"bytes\":\"$context.responseLength\","
                    + "\"integrationError\":\"$context.integrationErrorMessage\"}";

    private final HttpApi api;

    HttpRoutes(Construct scope, String id, String deployment, ParleyFunctions functions) {
        super(scope, id);
        api = HttpApi.Builder.create(this, "Api")
                .apiName(deployment + "-rest")
                .createDefaultStage(false)
                .ipAddressType(IpAddressType.DUAL_STACK)
                .build();
        HttpStage stage = HttpStage.Builder.create(this, "Stage")
                .httpApi(api)
                .stageName("$default")
                .autoDeploy(true)
                .build();
        logAccess(stage, deployment);
        addRoutes(functions);
    }

    /** The API's base URL, without a slash at the end. */
    String url() {
        return api.getApiEndpoint();
    }

    private void addRoutes(ParleyFunctions functions) {
        Map<FunctionSpec, HttpLambdaIntegration> integrations = new HashMap<>();
        for (HttpRoute route : Routes.http()) {
            HttpLambdaIntegration integration = integrations.computeIfAbsent(
                    route.function(),
                    spec -> new HttpLambdaIntegration(spec.name() + "Integration", functions.alias(spec)));
            software.amazon.awscdk.services.apigatewayv2.HttpRoute added =
                    software.amazon.awscdk.services.apigatewayv2.HttpRoute.Builder.create(this, route.routeKey())
                            .httpApi(api)
                            .routeKey(HttpRouteKey.with(
                                    route.path(),
                                    HttpMethod.valueOf(route.method().name())))
                            .integration(integration)
                            .build();
            AcceptedFinding.of(
                            "AwsSolutions-APIG4",
                            "The function checks the token itself, from its cache, and answers as Discord does; an"
                                    + " authorizer would be a second invocation with answers of its own")
                    .in(added);
        }
    }

    private void logAccess(HttpStage stage, String deployment) {
        LogGroup log = LogGroup.Builder.create(this, "AccessLog")
                .logGroupName("/" + deployment + "/rest-access")
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        if (stage.getNode().getDefaultChild() instanceof CfnStage resource) {
            resource.setAccessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                    .destinationArn(log.getLogGroupArn())
                    .format(ACCESS_LOG)
                    .build());
        }
    }
}
