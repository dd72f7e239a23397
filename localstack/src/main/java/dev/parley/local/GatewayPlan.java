package dev.parley.local;

import dev.parley.connection.ManagementEndpoints;
import dev.parley.local.apigateway.GatewayMark;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What a gateway process is told by the one that starts it.
 *
 * @param number its number, from 1; that of the process that starts it is 0
 * @param host the address it listens on
 * @param port the port it listens on
 * @param log the file of its log
 * @param endpoints the {@code @connections} of all gateways by their number
 * @param environment the environment of its functions
 * @param aws the AWS SDK's settings as system properties; its functions are called by each other in itself
 * @param secret what requests to AWS are signed with here
 */
record GatewayPlan(
        int number,
        String host,
        int port,
        String log,
        List<String> endpoints,
        Map<String, String> environment,
        Map<String, String> aws,
        String secret) {

    /** The environment variable that carries a plan: other users of the machine cannot read it, as they can arguments. */
    static final String VARIABLE = "PARLEY_LOCAL_GATEWAY";

    GatewayPlan {
        endpoints = List.copyOf(endpoints);
        environment = Map.copyOf(environment);
        aws = Map.copyOf(aws);
    }

    static GatewayPlan parse(String text) {
        return Json.read(text, GatewayPlan.class);
    }

    String text() {
        return Json.text(this);
    }

    Secret secretKey() {
        return new Secret(secret);
    }

    /** Where connections are posted to, by the numbers that their ids begin with. */
    static ManagementEndpoints routing(List<String> endpoints) {
        List<URI> all = endpoints.stream().map(URI::create).toList();
        return new ManagementEndpoints() {
            @Override
            public List<URI> all() {
                return all;
            }

            @Override
            public int of(String connectionId) {
                int number = GatewayMark.numberIn(connectionId);
                return number < 0 || number >= all.size() ? 0 : number; // the first says that there is none such
            }
        };
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "gateway " + number + " on port " + port;
    }
}
