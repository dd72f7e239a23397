package dev.parley.catalog;

/**
 * One route of the WebSocket API.
 *
 * @param routeKey {@code $connect}, {@code $disconnect}, {@code $default} or an opcode; the API selects by
 *     {@code $request.body.op}
 * @param function what answers
 * @param answers whether the body that the function returns goes back to the client as a frame (a route response)
 */
public record GatewayRoute(String routeKey, FunctionSpec function, boolean answers) {}
