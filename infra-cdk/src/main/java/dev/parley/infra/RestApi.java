package dev.parley.infra;

import dev.parley.infra.phase.PhaseProfile.GatewaySize;
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

    private final HttpApi api;

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
        HttpStage stage = HttpStage.Builder.create(this, "Stage")
                .httpApi(api)
                .stageName("$default")
                .autoDeploy(true)
                .throttle(throttle(size))
                .build();
        logAccess(stage, logs);
    }

    /** The API's id, which routes name. */
    String id() {
        return api.getApiId();
    }

    /** The API's base URL, without a slash at the end. */
    String url() {
        return api.getApiEndpoint();
    }

    /** What posts to connections leave of the account's requests, so that REST requests cannot starve the delivery. */
    private static ThrottleSettings throttle(GatewaySize size) {
        int rate = size.requestsPerSecond() - size.postsPerSecond();
        return ThrottleSettings.builder().rateLimit(rate).burstLimit(rate).build();
    }

    private void logAccess(HttpStage stage, LogGroups logs) {
        LogGroup log = logs.group(this, "AccessLog", "rest-access");
        if (stage.getNode().getDefaultChild() instanceof CfnStage resource) {
            resource.setAccessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                    .destinationArn(log.getLogGroupArn())
                    .format(ACCESS_LOG)
                    .build());
        }
    }
}
