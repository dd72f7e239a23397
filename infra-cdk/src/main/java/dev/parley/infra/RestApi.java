package dev.parley.infra;

import dev.parley.infra.edge.OriginDomains;
import dev.parley.infra.phase.PhaseProfile.GatewaySize;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IpAddressType;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The HTTP API and its stage, without routes: those are with their functions, in stacks of their own. */
final class RestApi extends Construct {

    /** What an access log line holds: no path, no query and no header, which name people and could hold secrets. */
    private static final String ACCESS_LOG =
            "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTimeEpoch\","
                    + "\"route\":\"$context.routeKey\",\"status\":\"$context.status\","
                    + "\"latencyMs\":\"$context.responseLatency\",\"bytes\":\"$context.responseLength\","
                    + "\"functionStatus\":\"$context.integrationStatus\","
                    + "\"functionLatencyMs\":\"$context.integrationLatency\",\"error\":\"$context.error.message\","
                    + "\"integrationError\":\"$context.integrationErrorMessage\"}";

    private static final String STAGE = "$default";

    private final HttpApi api;
    private final HttpStage stage;

    /**
     * The HTTP API of a deployment.
     *
     * @param size how many requests it takes
     * @param logs where it logs
     */
    RestApi(Construct scope, String id, String deployment, GatewaySize size, LogGroups logs) {
        super(scope, id);
        api = HttpApi.Builder.create(this, "Api")
                .apiName(deployment + "-rest")
                .createDefaultStage(false)
                .ipAddressType(IpAddressType.DUAL_STACK)
                .build();
        stage = HttpStage.Builder.create(this, "Stage")
                .httpApi(api)
                .stageName(STAGE)
                .autoDeploy(true)
                .throttle(throttle(size))
                .build();
        logAccess(logs);
    }

    /** The API's id, which routes name. */
    String id() {
        return api.getApiId();
    }

    /** The API's base URL, without a slash at the end. */
    String url() {
        return api.getApiEndpoint();
    }

    /** What a domain name is mapped to. */
    OriginDomains.Target target() {
        return new OriginDomains.Target(api.getApiId(), STAGE, stage);
    }

    /** Takes the name that AWS gives the API away; what is left is a domain name that is mapped to it. */
    void closeDefaultEndpoint() {
        if (api.getNode().getDefaultChild() instanceof CfnApi resource) {
            resource.setDisableExecuteApiEndpoint(true);
        }
    }

    /** What posts to connections leave of the account's requests, so that REST requests cannot starve the delivery. */
    private static ThrottleSettings throttle(GatewaySize size) {
        int rate = size.requestsPerSecond() - size.postsPerSecond();
        return ThrottleSettings.builder().rateLimit(rate).burstLimit(rate).build();
    }

    private void logAccess(LogGroups logs) {
        LogGroup log = logs.group(this, "AccessLog", "rest-access");
        if (stage.getNode().getDefaultChild() instanceof CfnStage resource) {
            resource.setAccessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                    .destinationArn(log.getLogGroupArn())
                    .format(ACCESS_LOG)
                    .build());
        }
    }
}
