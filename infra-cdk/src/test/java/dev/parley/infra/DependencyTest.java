package dev.parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CloudFormation refuses templates whose resources wait for each other; CDK does not notice. */
class DependencyTest {

    @ParameterizedTest
    @MethodSource("stacks")
    void hasNoResourcesThatWaitForEachOther(String stack) {
        // Given
        Map<String, Set<String>> waiting = dependencies(Synthesis.SHARED.template(stack));
        assertThat(waiting).isNotEmpty();

        // When
        boolean progress = true;
        while (progress) {
            Set<String> left = Set.copyOf(waiting.keySet());
            progress = waiting.values().removeIf(needed -> needed.stream().noneMatch(left::contains));
        }

        // Then
        assertThat(waiting).isEmpty();
    }

    private static Set<String> stacks() {
        return Synthesis.SHARED.templates().keySet();
    }

    private static Map<String, Set<String>> dependencies(Template template) {
        Map<String, Set<String>> dependencies = new TreeMap<>();
        template.json().path("Resources").properties().forEach(resource -> {
            List<String> needed = new ArrayList<>(Template.references(resource.getValue()));
            needed.addAll(Template.dependsOn(resource.getValue()));
            dependencies.put(resource.getKey(), new LinkedHashSet<>(needed));
        });
        return dependencies;
    }
}
