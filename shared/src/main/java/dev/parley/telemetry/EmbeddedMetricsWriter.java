package dev.parley.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.catalog.MetricSpec;
import dev.parley.catalog.Metrics;
import dev.parley.protocol.Json;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes metrics as log lines in CloudWatch's embedded metric format, from which CloudWatch Logs makes metrics (Amazon
 * CloudWatch user guide, "Specification: Embedded metric format"). All that an invocation recorded is one line, however many
 * deliveries it made; docs/adr/0011-metrics.md says why this is not Powertools, and what it costs.
 *
 * <p>What is recorded while a line is written comes with the next one: deliveries go on after the invocation that began
 * them. Nothing is counted twice, and nothing is lost but with the process.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedMetricsWriter implements Meter {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedMetricsWriter.class);

    private final Consumer<String> lines;
    private final String deployment;
    private final Clock clock;
    private final Map<MetricSpec, Aggregate> aggregates;
    private final ReentrantLock flushing = new ReentrantLock();

    /**
     * A writer.
     *
     * @param lines takes each line, without its end; on Lambda the standard output
     * @param deployment the value of the one dimension
     */
    public EmbeddedMetricsWriter(Consumer<String> lines, String deployment, Clock clock) {
        this.lines = lines;
        this.deployment = deployment;
        this.clock = clock;
        Map<MetricSpec, Aggregate> all = new LinkedHashMap<>();
        Metrics.all().forEach(metric -> all.put(metric, Aggregate.of(metric.kind())));
        aggregates = Map.copyOf(all);
    }

    @Override
    public void record(MetricSpec metric, double value) {
        Aggregate aggregate = aggregates.get(metric);
        if (aggregate != null) {
            aggregate.add(value);
        }
    }

    @Override
    public void flush() {
        // Who finds somebody at it leaves what it has for the next time.
        if (flushing.tryLock()) {
            try {
                write();
            } catch (RuntimeException e) {
                log.warn("The metrics of this invocation are lost", e);
            } finally {
                flushing.unlock();
            }
        }
    }

    private void write() {
        Map<MetricSpec, List<Double>> taken = new LinkedHashMap<>();
        for (MetricSpec metric : Metrics.all()) {
            Aggregate aggregate = aggregates.get(metric);
            List<Double> values = aggregate == null ? List.of() : aggregate.take();
            if (!values.isEmpty()) {
                taken.put(metric, values);
            }
        }
        if (!taken.isEmpty()) {
            lines.accept(Json.text(line(taken)));
        }
    }

    private ObjectNode line(Map<MetricSpec, List<Double>> taken) {
        ObjectNode line = Json.object();
        ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.millis());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", Metrics.NAMESPACE);
        directive.putArray("Dimensions").addArray().add(Metrics.DIMENSION);
        ArrayNode metrics = directive.putArray("Metrics");
        line.put(Metrics.DIMENSION, deployment);
        taken.forEach((metric, values) -> {
            metrics.addObject()
                    .put("Name", metric.name())
                    .put("Unit", metric.unit().title());
            if (values.size() == 1) {
                number(line, metric.name(), values.getFirst());
            } else {
                ArrayNode array = line.putArray(metric.name());
                values.forEach(value -> number(array, value));
            }
        });
        return line;
    }

    /** Whole numbers without a fraction: a line is paid for by the byte. */
    private static void number(ObjectNode line, String name, double value) {
        if (value == Math.rint(value)) {
            line.put(name, (long) value);
        } else {
            line.put(name, value);
        }
    }

    private static void number(ArrayNode array, double value) {
        if (value == Math.rint(value)) {
            array.add((long) value);
        } else {
            array.add(value);
        }
    }
}
