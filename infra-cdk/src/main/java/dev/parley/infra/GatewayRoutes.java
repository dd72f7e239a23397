package dev.parley.infra;

import dev.parley.catalog.GatewayRoute;
import dev.parley.catalog.Routes;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRoute;
import software.constructs.Construct;

/** The routes of the WebSocket API: one for each that the catalog lists, answered by its function. */
final class GatewayRoutes extends Construct {

    GatewayRoutes(Construct scope, String id, GatewayApi gateway, ParleyFunctions functions) {
        super(scope, id);
        for (GatewayRoute route : Routes.gateway()) {
            WebSocketRoute added = WebSocketRoute.Builder.create(this, "Route" + route.routeKey())
                    .webSocketApi(gateway.api())
                    .routeKey(route.routeKey())
                    .integration(new WebSocketLambdaIntegration(
                            route.function().name() + "Integration", functions.alias(route.function())))
                    .returnResponse(route.answers())
                    .build();
            AcceptedFinding.of(
                            "AwsSolutions-APIG4",
                            "Clients send their token in IDENTIFY, after the connection is open, as the protocol has it;"
                                    + " only $connect could have an authorizer")
                    .in(added);
        }
    }
}
