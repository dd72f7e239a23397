package dev.parley.local.coldstart;

import java.util.List;

/**
 * What is in one process.
 *
 * @param classes loaded until it waits for its first event or its snapshot
 * @param late classes loaded from then until its first answer, in order; empty for a function that nothing here makes run
 * @param memory when it waited
 */
record Census(int classes, List<String> late, Memory memory) {

    Census {
        late = List.copyOf(late);
    }
}
