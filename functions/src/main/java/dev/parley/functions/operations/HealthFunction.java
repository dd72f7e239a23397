package dev.parley.functions.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Json;

/** Whether the system serves: it asks the database and Redis. */
public final class HealthFunction extends HttpFunction {

    public HealthFunction() {
        this(Parley.fromEnvironment());
    }

    public HealthFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        Parley.Health health = parley.health();
        ObjectNode body = Json.object();
        body.put("status", health.healthy() ? "healthy" : "unhealthy");
        body.put("database", health.database());
        body.put("redis", health.redis());
        return HttpReply.json(health.healthy() ? 200 : 503, body);
    }
}
