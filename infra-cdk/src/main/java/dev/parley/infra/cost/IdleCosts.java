package dev.parley.infra.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.infra.phase.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What each phase costs while nobody uses it, written down so that it can be told without a synthesis. A test holds what is
 * written to the templates.
 *
 * @param phases the costs of every phase
 */
public record IdleCosts(Map<Phase, IdleCost> phases) {

    /** Its file, beside this class among the resources. */
    public static final String FILE = "idle-costs.json";

    public IdleCosts {
        phases = Map.copyOf(phases);
    }

    /** What was written down. */
    public static IdleCosts load() {
        try (InputStream file = Objects.requireNonNull(IdleCosts.class.getResourceAsStream(FILE))) {
            JsonNode json = new ObjectMapper().readTree(file);
            Map<Phase, IdleCost> phases = new EnumMap<>(Phase.class);
            for (Phase phase : Phase.values()) {
                List<CostItem> items = new ArrayList<>();
                for (JsonNode item : json.path(phase.title())) {
                    items.add(new CostItem(
                            item.path("service").asText(),
                            item.path("what").asText(),
                            item.path("usd").asDouble()));
                }
                phases.put(phase, new IdleCost(items));
            }
            return new IdleCosts(phases);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to write down. */
    public String json() {
        ObjectNode all = new ObjectMapper().createObjectNode();
        for (Phase phase : Phase.values()) {
            ArrayNode items = all.putArray(phase.title());
            for (CostItem item : of(phase).items()) {
                items.addObject()
                        .put("service", item.service())
                        .put("what", item.what())
                        .put("usd", Math.round(item.monthly() * 100) / 100.0);
            }
        }
        return all.toPrettyString() + "\n";
    }

    /** The cost of a phase. */
    public IdleCost of(Phase phase) {
        return Objects.requireNonNull(phases.get(phase), phase.title());
    }
}
