package dev.parley.local.client;

import dev.parley.telemetry.StructuredMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway's functions log while it is open: who identifies, who resumes, and with which code each connection
 * ended. It shows what a client did, whatever the client tells. Thread-safe.
 */
public final class GatewayLog implements AutoCloseable {

    public static final String IDENTIFY = "2";
    public static final String RESUME = "6";
    public static final String DISCONNECT = "$disconnect";

    private static final Duration DEADLINE = Duration.ofSeconds(45);

    private final List<Line> lines = new ArrayList<>();
    private final LoggerContext context = LoggerContext.getContext(false);
    private final Appender appender = new Appender();

    private GatewayLog() {}

    /**
     * A line.
     *
     * @param route the route's key
     * @param closeCode what a connection ended with
     */
    public record Line(
            String connectionId, String route, @Nullable Integer closeCode) {

        public boolean isOf(String connection) {
            return connectionId.equals(connection);
        }

        /** Whether a client has identified or resumed. */
        public boolean begins() {
            return route.equals(IDENTIFY) || route.equals(RESUME);
        }
    }

    /** Listens from now on. */
    public static GatewayLog open() {
        GatewayLog log = new GatewayLog();
        log.appender.start();
        log.root().addAppender(log.appender, Level.INFO, null);
        log.context.updateLoggers();
        return log;
    }

    /** The first line that is so, whether it has come or is to come. */
    public Line await(Predicate<Line> wanted) {
        Line line = find(wanted, DEADLINE);
        if (line == null) {
            throw new AssertionError("No such line, but " + lines());
        }
        return line;
    }

    /** As {@link #await}; null if it does not come in that time. */
    public @Nullable Line find(Predicate<Line> wanted, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        synchronized (lines) {
            while (true) {
                for (Line line : lines) {
                    if (wanted.test(line)) {
                        return line;
                    }
                }
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return null;
                }
                waitFor(left);
            }
        }
    }

    /** The lines so far. */
    public List<Line> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        root().removeAppender(appender.getName());
        context.updateLoggers();
        appender.stop();
    }

    private LoggerConfig root() {
        return context.getConfiguration().getRootLogger();
    }

    private void waitFor(long millis) {
        try {
            lines.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private final class Appender extends AbstractAppender {

        private Appender() {
            super("gateway-log", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            String connectionId = event.getContextData().getValue("connection_id");
            if (connectionId == null
                    || !(event.getMessage() instanceof StructuredMessage message)
                    || !(message.getData().get("path") instanceof String route)) {
                return;
            }
            Integer closeCode = message.getData().get("close_code") instanceof Integer code ? code : null;
            synchronized (lines) {
                lines.add(new Line(connectionId, route, closeCode));
                lines.notifyAll();
            }
        }
    }
}
