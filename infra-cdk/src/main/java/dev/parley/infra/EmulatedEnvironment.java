package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import dev.parley.catalog.Queues;
import dev.parley.catalog.Routes;
import dev.parley.infra.edge.ClientAccess;
import dev.parley.infra.emulator.Emulation;
import dev.parley.infra.phase.Parameters;
import dev.parley.settings.Setting;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables of functions in an emulator: every address is the emulator's own or that of a server beside it, and
 * passwords take the place of IAM.
 */
final class EmulatedEnvironment implements FunctionVariables {

    /** As in AWS, without the preference for IPv6, which the networks of containers seldom have. */
    private static final String JAVA_OPTIONS = "-XX:+TieredCompilation -XX:TieredStopAtLevel=1";

    private final Emulation emulation;
    private final Naming naming;
    private final EmulatedData data;
    private final ApiStack api;
    private final ClientAccess clients;
    private final Parameters parameters;

    EmulatedEnvironment(
            Emulation emulation,
            Naming naming,
            EmulatedData data,
            ApiStack api,
            ClientAccess clients,
            Parameters parameters) {
        this.emulation = emulation;
        this.naming = naming;
        this.data = data;
        this.api = api;
        this.clients = clients;
        this.parameters = parameters;
    }

    @Override
    public Map<String, String> of(FunctionSpec function) {
        Map<String, String> variables = new TreeMap<>(clients.variables());
        variables.put("JAVA_TOOL_OPTIONS", JAVA_OPTIONS);
        // SQS, Lambda and S3, for the AWS SDK (AWS SDKs and tools reference guide, "Service-specific endpoints").
        variables.put("AWS_ENDPOINT_URL", emulation.inside().toString());
        variables.put(Setting.DEPLOYMENT.variable(), naming.deployment());
        variables.put(Setting.DATABASE_URL.variable(), emulation.databaseUrl());
        variables.put(Setting.DATABASE_USER.variable(), Emulation.DATABASE_LOGIN);
        variables.put(Setting.DATABASE_PASSWORD.variable(), Emulation.DATABASE_LOGIN);
        variables.put(Setting.REDIS_URL.variable(), emulation.cacheUrl().toString());
        variables.put(Setting.CDN_KEY.variable(), data.linkKey());
        variables.put(
                Setting.EVENTS_QUEUE_URL.variable(),
                api.queues().of(Queues.EVENTS).getQueueUrl());
        variables.put(
                Setting.DELIVERIES_QUEUE_URL.variable(),
                api.queues().of(Queues.DELIVERIES).getQueueUrl());
        variables.put(Setting.STORAGE_BUCKET.variable(), data.files().name());
        variables.put(Setting.STORAGE_PATH_STYLE.variable(), "true");
        variables.put(
                Setting.MANAGEMENT_ENDPOINT.variable(),
                emulation.managementEndpoint(api.gateway().api().getApiId(), GatewayApi.STAGE));
        variables.put(
                Setting.POST_RATE.variable(),
                Integer.toString(parameters.profile().gateway().postsPerSecond()));
        variables.put(Setting.HEARTBEATS_SEEN.variable(), Boolean.toString(!parameters.mockHeartbeats()));
        variables.put(Setting.HELLO_FUNCTION.variable(), naming.aliasArn(Routes.HELLO));
        return variables;
    }
}
