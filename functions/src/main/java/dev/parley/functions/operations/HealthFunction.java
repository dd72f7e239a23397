package dev.parley.functions.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.Parley;
import dev.parley.functions.http.HttpCall;
import dev.parley.functions.http.HttpFunction;
import dev.parley.functions.http.HttpReply;
import dev.parley.protocol.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the system serves: it asks the database and Redis. */
public final class HealthFunction extends HttpFunction {

    private static final Logger log = LoggerFactory.getLogger(HealthFunction.class);

    public HealthFunction() {
        this(Parley.fromEnvironment());
    }

    public HealthFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected HttpReply handle(HttpCall call) {
        boolean database = answers(() -> parley.database()
                .query(handle -> handle.select("SELECT 1").mapTo(Integer.class).one()));
        boolean redis =
                answers(() -> parley.redis().await(parley.redis().commands().exists("health")));
        ObjectNode body = Json.object();
        body.put("status", database && redis ? "healthy" : "unhealthy");
        body.put("database", database);
        body.put("redis", redis);
        return HttpReply.json(database && redis ? 200 : 503, body);
    }

    private static boolean answers(Runnable question) {
        try {
            question.run();
            return true;
        } catch (RuntimeException e) {
            log.warn("A store is away", e);
            return false;
        }
    }
}
