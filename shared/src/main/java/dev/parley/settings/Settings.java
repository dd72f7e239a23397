package dev.parley.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of all settings. Immutable and thread-safe.
 *
 * <p>A value is looked at when it is asked for, so that a function needs only the settings it uses.
 */
public final class Settings {

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /** The settings of this process's environment. */
    public static Settings fromEnvironment() {
        return of(System.getenv());
    }

    /** Settings by the names of their environment variables. */
    public static Settings of(Map<String, String> values) {
        return new Settings(Map.copyOf(values));
    }

    /**
     * A setting's text.
     *
     * @throws InvalidSettingException if it has no value and no default
     */
    public String text(Setting setting) {
        @Nullable String value = values.get(setting.variable());
        if (value == null || value.isBlank()) {
            value = setting.defaultValue();
        }
        if (value == null) {
            throw new InvalidSettingException(setting, "is not set (" + setting.description() + ")");
        }
        return value.strip();
    }

    /** A text that must not be printed. */
    public Secret secret(Setting setting) {
        return new Secret(text(setting));
    }

    /**
     * Keys, separated by commas, the one in use first.
     *
     * @param minLength characters that each has at least
     * @throws InvalidSettingException if one is shorter
     */
    public List<Secret> keys(Setting setting, int minLength) {
        List<Secret> keys = Stream.of(text(setting).split(",", -1))
                .map(String::strip)
                .map(Secret::new)
                .toList();
        if (keys.stream().anyMatch(key -> key.value().length() < minLength)) {
            throw new InvalidSettingException(setting, "has a key of fewer than " + minLength + " characters");
        }
        return keys;
    }

    /**
     * A whole number.
     *
     * @throws InvalidSettingException if it is none, or out of range
     */
    public int integer(Setting setting, int min, int max) {
        try {
            int value = Integer.parseInt(text(setting));
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(setting, "is not a whole number", e);
        }
        throw new InvalidSettingException(setting, "is not from " + min + " to " + max);
    }

    /**
     * Yes or no.
     *
     * @throws InvalidSettingException if it is neither {@code true} nor {@code false}
     */
    public boolean flag(Setting setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidSettingException(setting, "is neither true nor false");
        };
    }

    /**
     * A duration: a whole number and {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}.
     *
     * @throws InvalidSettingException if it is written otherwise
     */
    public Duration duration(Setting setting) {
        String text = text(setting);
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits > 0 && digits <= 15) {
            long amount = Long.parseLong(text.substring(0, digits));
            @Nullable Duration duration = switch (text.substring(digits)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                case "d" -> Duration.ofDays(amount);
                default -> null;
            };
            if (duration != null) {
                return duration;
            }
        }
        throw new InvalidSettingException(setting, "is not a duration such as 500ms, 30s, 5m, 2h or 7d");
    }

    /**
     * An absolute URI.
     *
     * @throws InvalidSettingException if it is none
     */
    public URI uri(Setting setting) {
        try {
            URI uri = URI.create(text(setting));
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(setting, "is not a URI", e);
        }
        throw new InvalidSettingException(setting, "is not an absolute URI");
    }
}
