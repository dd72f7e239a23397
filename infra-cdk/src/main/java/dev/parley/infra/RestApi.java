package dev.parley.infra;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IpAddressType;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The HTTP API and its stage, without routes: those are with their functions, in stacks of their own. */
final class RestApi extends Construct {

    /** What an access log line holds: no path, no query and no header, which name people and could hold secrets. */
    private static final String ACCESS_LOG =
            "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTimeEpoch\","
                    + "\"route\":\"$context.routeKey\",\"status\":\"$context.status\","
                    + "\"latencyMs\":\"$context.responseLatency\",\"bytes\":\"$context.responseLength\","
                    + "\"integrationError\":\"$context.integrationErrorMessage\"}";

    private final HttpApi api;

    RestApi(Construct scope, String id, String deployment) {
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
    }

    /** The API's id, which routes name. */
    String id() {
        return api.getApiId();
    }

    /** The API's base URL, without a slash at the end. */
    String url() {
        return api.getApiEndpoint();
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
