package dev.parley.local.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what somebody asks for at {@code /_parley/faults}. A field that has no meaning there is a mistake. */
final class FaultRequest {

    /** Longer texts are refused unread. */
    static final int MAX_BYTES = 4096;

    private static final String SEED = "seed";
    private static final int MAX_SHOWN = 40;

    private final JsonNode json;
    private final Set<String> read = new HashSet<>();

    private FaultRequest(JsonNode json) {
        this.json = json;
    }

    /**
     * Does what a request asks for.
     *
     * @throws IllegalArgumentException if it is invalid, with a message for whoever asked
     */
    static void run(byte[] body, Faults faults) {
        if (body.length > MAX_BYTES) {
            throw new IllegalArgumentException("The body is longer than " + MAX_BYTES + " bytes");
        }
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (InvalidJsonException e) {
            throw new IllegalArgumentException("The body is no JSON", e);
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException("The body is no JSON object");
        }
        new FaultRequest(json).run(faults);
    }

    private void run(Faults faults) {
        String part = text("fault");
        if (part == null) {
            throw new IllegalArgumentException("fault is missing; it is one of " + parts());
        }
        if (part.equals(SEED)) {
            long seed = wholeNumber(SEED, Long.MIN_VALUE, Long.MAX_VALUE);
            checkNothingIsLeft();
            faults.seed(seed);
            return;
        }
        Fault fault = fault(part, text("effect"));
        switch (fault) {
            case CUT -> {
                double share = number("share", 0, 1);
                Integer code = closeCode();
                checkNothingIsLeft();
                faults.cut(share, code);
            }
            case FUNCTIONS_KILL -> {
                checkNothingIsLeft();
                faults.killFunctions();
            }
            case REDIS_STOP, REDIS_PAUSE, POSTGRES_RESTART, POSTGRES_PAUSE -> {
                Duration length = seconds(Faults.LONGEST_OUTAGE);
                checkNothingIsLeft();
                faults.outage(fault, length);
            }
            default -> {
                Extent extent = extent();
                Duration delay = fault.delays()
                        ? Duration.ofMillis(wholeNumber("delay_ms", 1, Faults.LONGEST_DELAY.toMillis()))
                        : Duration.ZERO;
                checkNothingIsLeft();
                faults.set(fault, extent, delay);
            }
        }
    }

    private static Fault fault(String part, @Nullable String effect) {
        Optional<Fault> found = Fault.byId(effect == null ? part : part + "." + effect);
        if (found.isPresent()) {
            return found.get();
        }
        List<String> effects = Arrays.stream(Fault.values())
                .filter(fault -> fault.part().equals(part))
                .map(Fault::effect)
                .flatMap(name -> Optional.ofNullable(name).stream())
                .toList();
        if (!effects.isEmpty()) {
            throw new IllegalArgumentException("effect of " + part + " is one of " + String.join(", ", effects));
        }
        if (Fault.byId(part).isPresent()) {
            throw new IllegalArgumentException(part + " has no effect");
        }
        throw new IllegalArgumentException("fault is one of " + parts() + "; not " + shown(part));
    }

    private Extent extent() {
        boolean next = json.has("next");
        if (next == (json.has("rate") || json.has("seconds"))) {
            throw new IllegalArgumentException("Either next, or rate and seconds");
        }
        return next
                ? Extent.next(Math.toIntExact(wholeNumber("next", 1, Extent.MAX_NEXT)))
                : Extent.rate(number("rate", 0, 1), seconds(Extent.LONGEST));
    }

    private Duration seconds(Duration longest) {
        Duration length = Duration.ofMillis(Math.round(1000 * number("seconds", 0, (double) longest.toSeconds())));
        if (length.isZero()) {
            throw new IllegalArgumentException("seconds is a number over 0 and up to " + longest.toSeconds());
        }
        return length;
    }

    private @Nullable Integer closeCode() {
        JsonNode node = take("code");
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isInt() || (node.intValue() != Faults.NORMAL && node.intValue() != Faults.GOING_AWAY)) {
            throw new IllegalArgumentException("code is 1000, 1001 or null");
        }
        return node.intValue();
    }

    private @Nullable String text(String field) {
        JsonNode node = take(field);
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isTextual()) {
            throw new IllegalArgumentException(field + " is a text");
        }
        return node.textValue();
    }

    private double number(String field, double min, double max) {
        JsonNode node = take(field);
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(field + " is a number from " + plain(min) + " to " + plain(max));
        }
        return value;
    }

    private long wholeNumber(String field, long min, long max) {
        JsonNode node = take(field);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            throw new IllegalArgumentException(field + " is a whole number from " + min + " to " + max);
        }
        return node.longValue();
    }

    private JsonNode take(String field) {
        read.add(field);
        return json.path(field);
    }

    private void checkNothingIsLeft() {
        json.fieldNames().forEachRemaining(field -> {
            if (!read.contains(field)) {
                throw new IllegalArgumentException("There is no field " + shown(field) + " here");
            }
        });
    }

    private static String parts() {
        return Arrays.stream(Fault.values()).map(Fault::part).distinct().collect(Collectors.joining(", ")) + ", "
                + SEED;
    }

    private static String plain(double number) {
        return Long.toString(Math.round(number));
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
