package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.connection.Greeter.Greeting;
import dev.parley.connection.PostOutcome;
import dev.parley.functions.InvokedFunction;
import dev.parley.protocol.Json;
import dev.parley.redis.RedisUnavailableException;
import dev.parley.session.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Greets a new connection. Until {@code $connect} has returned the connection answers 410, so that is tried again after 20,
 * 40, 80 ms and so on, for 5 s in all: JDA gives up after 10 s without a HELLO.
 */
public final class HelloFunction extends InvokedFunction {

    private static final Logger log = LoggerFactory.getLogger(HelloFunction.class);
    private static final long FIRST_WAIT_MS = 20;
    private static final long LONGEST_WAIT_MS = 640;
    private static final long ALL_WAITS_MS = 5_000;

    public HelloFunction() {
        this(Parley.fromEnvironment());
    }

    public HelloFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected void prime() throws Exception {
        super.prime();
        parley.primePosts();
    }

    @Override
    protected Object answer(JsonNode event) {
        Greeting greeting = Json.read(event, Greeting.class);
        byte[] hello = Frame.hello(Duration.ofMillis(greeting.heartbeatIntervalMillis()))
                .getBytes(StandardCharsets.UTF_8);
        PostOutcome outcome =
                parley.poster().post(greeting.connectionId(), hello).join();
        long waited = 0;
        long wait = FIRST_WAIT_MS;
        while (outcome != PostOutcome.DELIVERED && waited < ALL_WAITS_MS) {
            LockSupport.parkNanos(Duration.ofMillis(wait).toNanos());
            waited += wait;
            wait = Math.min(LONGEST_WAIT_MS, wait * 2);
            outcome = parley.poster().post(greeting.connectionId(), hello).join();
        }
        if (outcome == PostOutcome.DELIVERED) {
            note(greeting.connectionId());
        } else {
            log.info("Connection {} got no HELLO: {}", greeting.connectionId(), outcome);
        }
        return outcome;
    }

    /** It must not fail: this would be tried again, and the client had HELLO twice. */
    private void note(String connectionId) {
        try {
            parley.connections().greeted(connectionId);
        } catch (RedisUnavailableException e) {
            log.info(
                    "That connection {} has HELLO is not noted: a RESUME on it takes a second longer", connectionId, e);
        }
    }
}
