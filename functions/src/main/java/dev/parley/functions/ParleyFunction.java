package dev.parley.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.parley.Parley;
import dev.parley.telemetry.Trace;
import java.util.concurrent.atomic.AtomicBoolean;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What every function has: the system it calls, and the hooks around a SnapStart snapshot.
 *
 * <p>A function has two public constructors: one without parameters, which Lambda calls, and one that takes the system,
 * for hosts that run many functions on one. It holds no state but what it can read again, and is thread-safe (Lambda Managed
 * Instances run one object on many threads).
 */
public abstract class ParleyFunction implements RequestStreamHandler, Resource {

    private static final Logger log = LoggerFactory.getLogger(ParleyFunction.class);

    /** Where the Lambda runtime puts the trace of the one invocation that runs (Lambda developer guide, "Java"). */
    private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";

    private final AtomicBoolean cold = new AtomicBoolean(true);

    /** The system that the function calls. */
    protected final Parley parley;

    @SuppressWarnings("this-escape") // registered last; nothing is called before a snapshot
    protected ParleyFunction(Parley parley) {
        this.parley = parley;
        Core.getGlobalContext().register(this);
    }

    /**
     * The trace of an invocation. The context says it where several run at once; elsewhere the runtime sets a property.
     *
     * @return a tracing header, or null
     */
    protected static @Nullable String trace(com.amazonaws.services.lambda.runtime.Context context) {
        String property = System.getProperty(TRACE_PROPERTY);
        return property == null || property.isEmpty() ? context.getXrayTraceId() : property;
    }

    /** Puts into each log line of an invocation what Powertools would: the function, the trace, and whether it is the first. */
    protected final void describe(String functionName) {
        MDC.put("function_name", functionName);
        String traceId = Trace.root(Trace.current());
        if (traceId != null) {
            MDC.put("xray_trace_id", traceId);
        }
        if (cold.getAndSet(false)) {
            MDC.put("cold_start", "true");
        }
    }

    /**
     * Runs once before the snapshot is taken, to load the classes that an invocation needs. What it throws is logged and
     * does not stop the snapshot. It must leave nothing behind.
     */
    protected void prime() throws Exception {
        parley.prime();
    }

    /**
     * Runs once after each restore, before the first event: opens what that will need. It must not throw; what it could not
     * open, the event tries again.
     */
    protected void reconnect() {}

    @Override
    public final void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            prime();
        } catch (Exception e) {
            log.warn("Priming {} ended early", getClass().getSimpleName(), e);
        }
        // Every copy of the process would write what the snapshot holds.
        parley.meter().flush();
        parley.close();
    }

    @Override
    public final void afterRestore(Context<? extends Resource> context) {
        cold.set(true); // priming was no invocation
        // Between the two hooks nothing may have opened a socket or leased a worker; this makes sure of it.
        parley.close();
        reconnect();
    }
}
