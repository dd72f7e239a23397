package dev.parley.infra;

import dev.parley.catalog.GatewayRoute;
import dev.parley.catalog.Routes;
import java.util.Map;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegrationResponse;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnRouteResponse;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRoute;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The routes of the WebSocket API: one for each that the catalog lists, answered by its function. If the deployment says so, API Gateway
 * answers heartbeats itself, always with the same acknowledgement.
 */
final class GatewayRoutes extends Construct {

    private static final String HEARTBEAT = "1";
    private static final String ACKNOWLEDGEMENT = "{\"op\":11}";

    /** Selects the template {@code $default} for every frame; the backslash keeps API Gateway from taking it for a variable. */
    private static final String ANY = "\\$default";

    private final GatewayApi gateway;
    private final ParleyFunctions functions;

    /** @param mockHeartbeats whether API Gateway answers heartbeats itself */
    GatewayRoutes(Construct scope, String id, GatewayApi gateway, ParleyFunctions functions, boolean mockHeartbeats) {
        super(scope, id);
        this.gateway = gateway;
        this.functions = functions;
        for (GatewayRoute route : Routes.gateway()) {
            if (mockHeartbeats && route.routeKey().equals(HEARTBEAT)) {
                addMock(route);
            } else {
                add(route);
            }
        }
    }

    /** The route of heartbeats. */
    static GatewayRoute heartbeat() {
        return Routes.gateway().stream()
                .filter(route -> route.routeKey().equals(HEARTBEAT))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The catalog has no route for op " + HEARTBEAT));
    }

    private void add(GatewayRoute route) {
        WebSocketRoute added = WebSocketRoute.Builder.create(this, "Route" + route.routeKey())
                .webSocketApi(gateway.api())
                .routeKey(route.routeKey())
                .integration(new WebSocketLambdaIntegration(
                        route.function().name() + "Integration", functions.invoked(route.function())))
                .returnResponse(route.answers())
                .build();
        withoutAuthorizer(added);
    }

    /**
     * API Gateway's own answer to heartbeats. An integration that is no proxy needs an integration response, whose template is what the
     * client gets through the route response; the key {@code $default} takes every status (API Gateway developer guide, "Set up a WebSocket API
     * integration response in API Gateway").
     */
    private void addMock(GatewayRoute route) {
        String api = gateway.api().getApiId();
        CfnIntegration integration = CfnIntegration.Builder.create(this, "HeartbeatMock")
                .apiId(api)
                .integrationType("MOCK")
                .templateSelectionExpression(ANY)
                .requestTemplates(Map.of("$default", "{\"statusCode\":200}"))
                .build();
        CfnIntegrationResponse.Builder.create(this, "HeartbeatMockResponse")
                .apiId(api)
                .integrationId(integration.getRef())
                .integrationResponseKey("$default")
                .templateSelectionExpression(ANY)
                .responseTemplates(Map.of("$default", ACKNOWLEDGEMENT))
                .build();
        CfnRoute added = CfnRoute.Builder.create(this, "HeartbeatMockRoute")
                .apiId(api)
                .routeKey(route.routeKey())
                .authorizationType("NONE")
                .routeResponseSelectionExpression("$default")
                .target("integrations/" + integration.getRef())
                .build();
        CfnRouteResponse.Builder.create(this, "HeartbeatMockRouteResponse")
                .apiId(api)
                .routeId(added.getRef())
                .routeResponseKey("$default")
                .build();
        withoutAuthorizer(added);
    }

    private static void withoutAuthorizer(IConstruct route) {
        AcceptedFinding.of(
                        "AwsSolutions-APIG4",
                        "Clients send their token in IDENTIFY, after the connection is open, as the protocol has it;"
                                + " only $connect could have an authorizer")
                .in(route);
    }
}
