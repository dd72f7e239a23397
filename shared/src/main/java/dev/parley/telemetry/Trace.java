package dev.parley.telemetry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The X-Ray trace that a thread works for, as a tracing header (AWS X-Ray developer guide, "Tracing header"). It belongs to a
 * call and what it calls on its thread, not to the process: many invocations run in one process at a time on one machine and
 * on Lambda Managed Instances.
 */
public final class Trace {

    /** The name of the HTTP header. */
    public static final String HEADER = "X-Amzn-Trace-Id";

    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    /** Bounded, since a client may send the header. */
    private static final int LONGEST = 512;

    private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)");

    private Trace() {}

    /** What runs within a trace. */
    @FunctionalInterface
    public interface Work<X extends Exception> {

        void run() throws X;
    }

    /** Runs work within a trace; without a header that can be read, as it would run anyway. */
    public static <X extends Exception> void within(@Nullable String header, Work<X> work) throws X {
        if (header == null || root(header) == null) {
            work.run();
            return;
        }
        boolean _ = ScopedValue.where(CURRENT, header).call(() -> {
            work.run();
            return true;
        });
    }

    /** The header of the trace that this thread works for; null if there is none. */
    public static @Nullable String current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** The trace's id, {@code 1-5759e988-bd862e3fe1be46a994272793}; null if the header has none. */
    public static @Nullable String root(@Nullable String header) {
        if (header == null || header.length() > LONGEST) {
            return null;
        }
        Matcher root = ROOT.matcher(header);
        return root.find() ? root.group(1) : null;
    }
}
