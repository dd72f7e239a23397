package dev.parley.local.apigateway;

import java.util.function.Consumer;

/**
 * One rule of the real API Gateway.
 *
 * @param name what the gateway does
 * @param source where AWS documents it, or who observed it
 * @param check fails if the gateway does not
 */
record Rule(String name, String source, Consumer<GatewayFixture> check) {}
