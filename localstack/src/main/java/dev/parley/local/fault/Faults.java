package dev.parley.local.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.apigateway.ApiGateway;
import dev.parley.local.apigateway.LocalAnswer;
import dev.parley.local.store.LocalServer;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The switchboard: makes things go wrong in a running local cloud, by its methods or by requests to
 * {@code /_parley/faults}. {@code docs/faults.md} lists the requests.
 *
 * <p>Thread-safe.
 */
public final class Faults implements AutoCloseable {

    /** Where requests go. */
    public static final String PATH = "/_parley/faults";

    /** The longest that something is held. */
    public static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

    /** The longest that a server is away. */
    public static final Duration LONGEST_OUTAGE = Duration.ofMinutes(10);

    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;

    private final FaultSwitches switches;
    private final ApiGateway gateway;
    private final Runnable killFunctions;
    private final Outage redis;
    private final Outage postgres;

    /**
     * A switchboard for a cloud that runs.
     *
     * @param switches what the parts of the cloud ask
     * @param killFunctions makes what runs the functions crash
     */
    public Faults(
            FaultSwitches switches,
            ApiGateway gateway,
            Runnable killFunctions,
            LocalServer redis,
            LocalServer postgres) {
        this.switches = switches;
        this.gateway = gateway;
        this.killFunctions = killFunctions;
        this.redis = new Outage(redis, switches);
        this.postgres = new Outage(postgres, switches);
    }

    /**
     * Sets a fault that comes with events and does not hold anything.
     *
     * @throws IllegalArgumentException if it is none of those, or 100 are set already
     */
    public void set(Fault fault, Extent extent) {
        set(fault, extent, Duration.ZERO);
    }

    /**
     * Sets a fault that comes with events.
     *
     * @param delay how long it holds what it meets, 1 ms to 60 s; zero if it does not
     * @throws IllegalArgumentException if it does not come with events, the delay does not fit it, or 100 are set already
     */
    public void set(Fault fault, Extent extent, Duration delay) {
        if (!fault.comesWithEvents()) {
            throw new IllegalArgumentException(fault.id() + " happens at once and cannot be set");
        }
        if (fault.delays() != delay.isPositive() || delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException(fault.id() + " cannot hold anything for " + delay.toMillis() + " ms");
        }
        switches.set(fault, extent, delay);
    }

    /**
     * Closes a share of the open WebSocket connections now, chosen at random.
     *
     * @param share 0 to 1
     * @param code the close code that the clients get, 1000 or 1001; null breaks off the connections without one
     * @return how many connections
     */
    public int cut(double share, @Nullable Integer code) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("A share is from 0 to 1");
        }
        if (code != null && code != NORMAL && code != GOING_AWAY) {
            throw new IllegalArgumentException("A close code is 1000 or 1001");
        }
        int connections = gateway.cut(share, code, switches.split());
        switches.count(Fault.CUT, connections);
        return connections;
    }

    /** Makes what runs the functions crash: every invocation under way fails at once. New ones find a new environment. */
    public void killFunctions() {
        killFunctions.run();
        switches.count(Fault.FUNCTIONS_KILL, 1);
    }

    /**
     * Takes a server away, and brings it back after a time. Returns at once.
     *
     * @param fault one of those of Redis and PostgreSQL
     * @param length over 0 and up to 10 min
     * @throws IllegalArgumentException if the server is away already
     */
    public void outage(Fault fault, Duration length) {
        if (!length.isPositive() || length.compareTo(LONGEST_OUTAGE) > 0) {
            throw new IllegalArgumentException("An outage lasts up to " + LONGEST_OUTAGE.toSeconds() + " s");
        }
        switch (fault) {
            case REDIS_STOP, REDIS_PAUSE -> redis.begin(fault, length);
            case POSTGRES_RESTART, POSTGRES_PAUSE -> postgres.begin(fault, length);
            default -> throw new IllegalArgumentException(fault.id() + " is no outage");
        }
    }

    /** Begins the random choices anew: with the same seed and the same events they are the same. */
    public void seed(long seed) {
        switches.seed(seed);
    }

    /** Ends all faults, and waits until the servers that were away are back. The counts stay. */
    public void clear() {
        switches.clear();
        redis.end();
        postgres.end();
    }

    /** How many times each fault has really happened, by its id such as {@code post.drop_after}. */
    public Map<String, Long> fired() {
        return switches.fired();
    }

    /** Answers a request to {@link #PATH}. */
    public LocalAnswer answer(String method, byte[] body) {
        return switch (method) {
            case "GET", "HEAD" -> new LocalAnswer(200, Json.bytes(describe()));
            case "DELETE" -> {
                clear();
                yield LocalAnswer.empty(204);
            }
            case "POST" -> {
                try {
                    FaultRequest.run(body, this);
                    yield LocalAnswer.empty(204);
                } catch (IllegalArgumentException e) {
                    yield refusal(400, String.valueOf(e.getMessage()));
                }
            }
            default -> refusal(405, "GET, POST or DELETE");
        };
    }

    /** Ends all faults. */
    @Override
    public void close() {
        clear();
    }

    private ObjectNode describe() {
        ObjectNode json = Json.object();
        ArrayNode active = json.putArray("active");
        switches.describe(active);
        redis.describe(active);
        postgres.describe(active);
        ObjectNode counts = json.putObject("fired");
        fired().forEach(counts::put);
        return json;
    }

    private static LocalAnswer refusal(int status, String message) {
        return new LocalAnswer(status, Json.bytes(Json.object().put("message", message)));
    }
}
