package dev.parley.local.lambda;

import dev.parley.Parley;
import dev.parley.catalog.FunctionSpec;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** What tests of function hosts need: settings of a system that is never connected, and functions of the test tree. */
public final class TestSystem {

    private TestSystem() {}

    /** Settings that name servers which nothing in these tests talks to. */
    public static Map<String, String> environment() {
        return Map.of(
                Setting.DATABASE_URL.variable(), "jdbc:postgresql://127.0.0.1:1/parley",
                Setting.REDIS_URL.variable(), "redis://127.0.0.1:1",
                Setting.EVENTS_QUEUE_URL.variable(), "http://127.0.0.1:1/events.fifo",
                Setting.DELIVERIES_QUEUE_URL.variable(), "http://127.0.0.1:1/deliveries.fifo",
                Setting.HELLO_FUNCTION.variable(), "Hello",
                Setting.MANAGEMENT_ENDPOINT.variable(), "http://127.0.0.1:1/gateway",
                Setting.GATEWAY_URL.variable(), "ws://127.0.0.1:1/gateway");
    }

    public static Parley parley() {
        return new Parley(Settings.of(environment()), Clock.systemUTC(), _ -> {});
    }

    /** A function of 10 s. */
    public static FunctionSpec function(String name, Class<?> handler) {
        return function(name, handler, Duration.ofSeconds(10));
    }

    public static FunctionSpec function(String name, Class<?> handler, Duration timeout) {
        return new FunctionSpec(name, handler.getName(), 256, timeout);
    }
}
