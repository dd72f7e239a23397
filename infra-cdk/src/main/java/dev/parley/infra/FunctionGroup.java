package dev.parley.infra;

import dev.parley.catalog.FunctionSpec;
import java.util.List;
import java.util.Set;

/**
 * Functions that are deployed together, and what they have in common.
 *
 * @param specs which
 * @param part where they log
 * @param reserved invocations that are kept for each, and that it may not exceed; 0 lets them share what the account has
 * @param unreserved those that share it all the same
 */
record FunctionGroup(List<FunctionSpec> specs, FunctionLogs.Part part, int reserved, Set<FunctionSpec> unreserved) {

    /** Functions for which nothing is kept. */
    FunctionGroup(List<FunctionSpec> specs, FunctionLogs.Part part) {
        this(specs, part, 0, Set.of());
    }

    /** The invocations that are kept for one of them, or 0. */
    int reserved(FunctionSpec spec) {
        return unreserved.contains(spec) ? 0 : reserved;
    }
}
