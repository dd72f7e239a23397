package dev.parley.local.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.catalog.AlertRule;
import dev.parley.catalog.Severity;
import dev.parley.local.alert.AlertState.Status;
import dev.parley.local.apigateway.LocalAnswer;
import dev.parley.protocol.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of every alert of the table, evaluated once a minute from what the probes measure every 15 s. A change is one
 * line in the log.
 *
 * <p>Thread-safe. The probes run on the thread that calls {@link #sample}, outside of any lock.
 */
public final class AlertBoard {

    /** Where the states are shown. */
    public static final String PATH = "/_parley/alerts";

    private static final Logger log = LoggerFactory.getLogger(AlertBoard.class);

    private final List<AlertRule> rules;
    private final List<Probe> probes;
    private final Clock clock;
    private final Object states = new Object();

    // Guarded by states.
    private final Map<AlertRule, AlertState> byRule = new LinkedHashMap<>();
    private final Window window = new Window();
    private Map<Measure, Double> latest = Map.of();
    private long samples;
    private @Nullable Instant evaluated;

    /** A board on which nothing is known yet. */
    public AlertBoard(List<AlertRule> rules, List<Probe> probes, Clock clock) {
        this.rules = List.copyOf(rules);
        this.probes = List.copyOf(probes);
        this.clock = clock;
        Instant now = clock.instant();
        rules.forEach(rule -> byRule.put(rule, AlertState.unknown(now)));
    }

    /** Measures; every fourth time, which ends a minute, the alerts are evaluated. To be called every 15 s. */
    public void sample() {
        Map<Measure, Double> sample = new EnumMap<>(Measure.class);
        for (Probe probe : probes) {
            try {
                probe.measure(sample);
            } catch (RuntimeException e) {
                log.debug("{} measured nothing", probe.getClass().getSimpleName(), e);
            }
        }
        synchronized (states) {
            window.add(sample);
            latest = Map.copyOf(sample);
            // The first one is what the first minute's totals grow from.
            if (samples > 0 && samples % Window.PERIOD == 0) {
                evaluate(clock.instant());
            }
            samples++;
        }
    }

    /** The last number of a measure; null if it could not be measured. */
    public @Nullable Double latest(Measure measure) {
        synchronized (states) {
            return latest.get(measure);
        }
    }

    /** Where an alert stands. */
    public AlertState state(AlertRule rule) {
        synchronized (states) {
            return Objects.requireNonNull(byRule.get(rule), "not on the board: " + rule.id());
        }
    }

    /** Answers a request to {@link #PATH}: every rule with its threshold, its last number, its state and since when. */
    public LocalAnswer answer(String method, byte[] body) {
        return method.equals("GET") ? new LocalAnswer(200, Json.bytes(json())) : LocalAnswer.empty(405);
    }

    private void evaluate(Instant at) {
        evaluated = at;
        for (AlertRule rule : rules) {
            AlertState before = state(rule);
            AlertState after = before.next(rule, Signals.value(rule.signal(), rule.service(), window), at);
            byRule.put(rule, after);
            if (after.status() != before.status()) {
                report(rule, before.status(), after);
            }
        }
    }

    private static void report(AlertRule rule, Status before, AlertState after) {
        String text = "Alert {}: {} after {}, {} is {} (threshold {} {})";
        Object[] values = {
            rule.id(),
            after.status(),
            before,
            rule.signal().description(),
            after.value().isPresent() ? rounded(after.value().getAsDouble()) : "not known",
            rounded(rule.threshold()),
            rule.signal().unit()
        };
        if (after.status() != Status.ALARM) {
            log.info(text, values);
        } else if (rule.severity() == Severity.CRITICAL) {
            log.error(text, values);
        } else {
            log.warn(text, values);
        }
    }

    private ObjectNode json() {
        synchronized (states) {
            ObjectNode json = Json.object()
                    .put("evaluated", evaluated == null ? null : evaluated.toString())
                    .put("period_seconds", AlertRule.PERIOD.toSeconds());
            ArrayNode alerts = json.putArray("alerts");
            byRule.forEach((rule, state) -> alerts.add(json(rule, state)));
            return json;
        }
    }

    private static ObjectNode json(AlertRule rule, AlertState state) {
        OptionalDouble value = state.value();
        ObjectNode json = Json.object()
                .put("id", rule.id())
                .put("name", rule.name())
                .put("service", lower(rule.service()))
                .put("severity", lower(rule.severity()))
                .put("state", state.status().name())
                .put("since", state.since().toString())
                .put("value", value.isPresent() ? rounded(value.getAsDouble()) : null)
                .put("comparison", lower(rule.comparison()))
                .put("threshold", rounded(rule.threshold()))
                .put("unit", rule.signal().unit())
                .put("signal", rule.signal().description())
                .put("holds_seconds", rule.holds().toSeconds())
                .put("missing", lower(rule.missing()))
                .put("runbook", "docs/runbooks/" + rule.runbook() + ".md");
        if (value.isEmpty() && !Signals.absence(rule.signal()).isEmpty()) {
            json.put("not_measured", Signals.absence(rule.signal()));
        }
        return json;
    }

    private static BigDecimal rounded(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0, RoundingMode.UNNECESSARY) : rounded;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
