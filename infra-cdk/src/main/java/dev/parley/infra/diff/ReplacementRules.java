package dev.parley.infra.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which properties make CloudFormation replace a resource when they change: {@code createOnlyProperties} and
 * {@code conditionalCreateOnlyProperties} of its resource schemas. Immutable.
 */
public final class ReplacementRules {

    private final JsonNode types;

    private ReplacementRules(JsonNode types) {
        this.types = types;
    }

    /** Reads the rules, which {@code tools/create-only-properties.py} wrote. */
    public static ReplacementRules load() {
        try (InputStream file = ReplacementRules.class.getResourceAsStream("create-only-properties.json")) {
            if (file == null) {
                throw new IllegalStateException("create-only-properties.json is not on the class path");
            }
            return new ReplacementRules(new ObjectMapper().readTree(file).path("types"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there are rules for a type; without, nothing is known of its replacement. */
    public boolean knows(String type) {
        return types.has(type);
    }

    /** Properties that always need a replacement, as paths with slashes. */
    List<String> always(String type) {
        return strings(types.path(type).path("createOnly"));
    }

    /** Properties that sometimes do. */
    List<String> sometimes(String type) {
        return strings(types.path(type).path("conditional"));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }
}
