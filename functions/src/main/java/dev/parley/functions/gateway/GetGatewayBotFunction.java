package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Json;
import dev.parley.ratelimit.Decision;
import dev.parley.ratelimit.Limit;

/** Where the gateway is, and how many sessions the caller may begin. */
public final class GetGatewayBotFunction extends HttpFunction {

    public GetGatewayBotFunction() {
        this(Parley.fromEnvironment());
    }

    public GetGatewayBotFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Decision budget = parley.rateLimiter()
                .peek(Limit.IDENTIFY, call.principal().userId().toString())
                .decision();
        ObjectNode body = Json.object();
        body.put("url", parley.gatewayUrls().next());
        body.put("shards", 1);
        ObjectNode limit = body.putObject("session_start_limit");
        limit.put("total", budget.capacity());
        limit.put("remaining", budget.remaining());
        limit.put("reset_after", budget.resetAfter().toMillis());
        limit.put("max_concurrency", 1);
        return HttpReply.ok(body);
    }
}
