package dev.parley.settings;

/**
 * A value that must not be printed.
 *
 * @param value the value itself
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
