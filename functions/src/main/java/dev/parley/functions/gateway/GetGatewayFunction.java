package dev.parley.functions.gateway;

import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Json;

/** Where the gateway is. */
public final class GetGatewayFunction extends HttpFunction {

    public GetGatewayFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGatewayFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        return HttpReply.ok(Json.object().put("url", parley.gatewayUrls().next()));
    }
}
