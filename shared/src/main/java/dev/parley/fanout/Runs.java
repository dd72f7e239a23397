package dev.parley.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Cuts a batch into runs: messages of one group that follow each other and can be handled together. */
final class Runs {

    private Runs() {}

    /**
     * The runs of a batch. Those of a group come in its order.
     *
     * @param plain whether a message can be handled together with others; one that cannot is a run of its own
     */
    static <T> List<List<T>> of(List<T> batch, Function<T, String> group, Predicate<T> plain) {
        Map<String, List<T>> groups = new LinkedHashMap<>();
        batch.forEach(message -> groups.computeIfAbsent(group.apply(message), _ -> new ArrayList<>())
                .add(message));
        List<List<T>> runs = new ArrayList<>();
        for (List<T> messages : groups.values()) {
            List<T> run = new ArrayList<>();
            for (T message : messages) {
                if (!plain.test(message) || (!run.isEmpty() && !plain.test(run.getLast()))) {
                    if (!run.isEmpty()) {
                        runs.add(run);
                    }
                    run = new ArrayList<>();
                }
                run.add(message);
            }
            runs.add(run);
        }
        return runs;
    }
}
