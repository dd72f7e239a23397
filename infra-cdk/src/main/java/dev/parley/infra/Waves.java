package dev.parley.infra;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;

/**
 * The order in which stacks are deployed. All wait for the first one. If their functions shift gradually, each wave waits for the one
 * before: what is wrong with a build shows in a few functions first, and never more than a wave of them asks Lambda at once.
 */
final class Waves {

    private final @Nullable Stack first;
    private final boolean apart;
    private List<? extends Stack> before = List.of();

    /**
     * Waves after a stack.
     *
     * @param first what all wait for; null if there is nothing
     * @param apart whether one waits for the other
     */
    Waves(@Nullable Stack first, boolean apart) {
        this.first = first;
        this.apart = apart;
    }

    /** Adds the next wave: stacks that do not wait for each other. */
    void add(List<? extends Stack> wave) {
        for (Stack stack : wave) {
            if (first != null) {
                stack.addStackDependency(first);
            }
            if (apart) {
                before.forEach(stack::addStackDependency);
            }
        }
        before = wave;
    }
}
