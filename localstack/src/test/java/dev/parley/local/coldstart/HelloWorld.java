package dev.parley.local.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/**
 * What others are compared with: a function that does nothing and needs nothing but the interface it implements. It has no
 * hooks; what it loads is the runtime client with its JSON.
 */
public final class HelloWorld implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Map.of("statusCode", 200, "body", "hello, world");
    }
}
