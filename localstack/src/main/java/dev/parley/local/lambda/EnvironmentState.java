package dev.parley.local.lambda;

import java.util.List;

/**
 * An environment, as a look at it from outside shows it.
 *
 * @param pid the process
 * @param phases what it has gone through, in order
 */
public record EnvironmentState(long pid, List<Phase> phases) {

    /** The steps of a SnapStart function's start (Lambda developer guide, "Lambda SnapStart runtime hooks for Java"). */
    public enum Phase {
        /** The process runs and makes the function's object. */
        STARTED,
        /** The hooks before the snapshot have run. */
        CHECKPOINTED,
        /** The runtime was told that it is a restored copy; its hooks after the restore run next. */
        RESTORED,
        /** It asked for its first event. */
        READY
    }

    public EnvironmentState {
        phases = List.copyOf(phases);
    }
}
