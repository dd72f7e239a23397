package dev.parley.infra;

import dev.parley.infra.edge.OriginDomains;
import dev.parley.infra.phase.PhaseProfile.GatewaySize;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.apigatewayv2.IpAddressType;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.constructs.Construct;

/**
 * The WebSocket API and its stage, without routes: the functions need its address, and the routes need the functions.
 *
 * <p>It is dual-stack, since the functions post to it over IPv6.
 */
final class GatewayApi extends Construct {

    /** The stage's name is the path that clients connect to. */
    static final String STAGE = "gateway";

    private final WebSocketApi api;
    private final WebSocketStage stage;

    /**
     * The WebSocket API of a deployment.
     *
     * @param size how many frames it takes
     */
    GatewayApi(Construct scope, String id, String deployment, GatewaySize size) {
        super(scope, id);
        api = WebSocketApi.Builder.create(this, "Api")
                .apiName(deployment + "-gateway")
                .routeSelectionExpression("$request.body.op")
                .ipAddressType(IpAddressType.DUAL_STACK)
                .build();
        stage = WebSocketStage.Builder.create(this, "Stage")
                .webSocketApi(api)
                .stageName(STAGE)
                .autoDeploy(true)
                .throttle(throttle(size))
                .build();
        AcceptedFinding.of(
                        "AwsSolutions-APIG1",
                        "Access logs of a WebSocket API need a role that is set for the whole account, which is not a"
                                + " deployment's to change; the functions log every connection")
                .in(stage);
    }

    WebSocketApi api() {
        return api;
    }

    WebSocketStage stage() {
        return stage;
    }

    /** URL that clients connect to. */
    String url() {
        return "wss://" + host() + "/" + STAGE;
    }

    /** Where the functions reach {@code @connections}. */
    String managementEndpoint() {
        return "https://" + host() + "/" + STAGE;
    }

    /**
     * All that the account has. It is not less, since AWS does not say whether a stage's limit counts posts to its connections, which come
     * out of the account's limit in any case; who sends too many frames is stopped by the limit of the session.
     */
    private static ThrottleSettings throttle(GatewaySize size) {
        return ThrottleSettings.builder()
                .rateLimit(size.requestsPerSecond())
                .burstLimit(size.requestsPerSecond() / 2)
                .build();
    }

    /** What a domain name is mapped to. */
    OriginDomains.Target target() {
        return new OriginDomains.Target(api.getApiId(), STAGE, stage);
    }

    private String host() {
        return api.getApiId() + ".execute-api." + Aws.REGION + "." + Aws.URL_SUFFIX;
    }
}
