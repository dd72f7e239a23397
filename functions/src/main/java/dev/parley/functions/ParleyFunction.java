package dev.parley.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.parley.Parley;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every function has: the system it calls, and the hooks around a SnapStart snapshot.
 *
 * <p>A function has two public constructors: one without parameters, which Lambda calls, and one that takes the system,
 * for hosts that run many functions on one. It holds no state of its own and is thread-safe (Lambda Managed Instances run
 * one object on many threads).
 */
public abstract class ParleyFunction implements RequestStreamHandler, Resource {

    private static final Logger log = LoggerFactory.getLogger(ParleyFunction.class);

    /** The system that the function calls. */
    protected final Parley parley;

    @SuppressWarnings("this-escape") // registered last; nothing is called before a snapshot
    protected ParleyFunction(Parley parley) {
        this.parley = parley;
        Core.getGlobalContext().register(this);
    }

    /**
     * Runs once before the snapshot is taken, to load the classes that an invocation needs. What it throws is logged and
     * does not stop the snapshot.
     */
    protected void prime() throws Exception {
        parley.prime();
    }

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
        // Between the two hooks nothing may have opened a socket or leased a worker; this makes sure of it.
        parley.close();
    }
}
