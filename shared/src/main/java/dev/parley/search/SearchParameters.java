package dev.parley.search;

import dev.parley.protocol.ApiException;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a search. A parameter that was given more than once comes with its values joined by commas (API
 * Gateway developer guide, payload format 2.0); clients may join them themselves.
 */
final class SearchParameters {

    private static final int MOST_VALUES = 100;

    private final Map<String, String> values;

    SearchParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * A text; null if there is none.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if it is longer than {@code most} code points
     */
    @Nullable String text(String name, int most) {
        String text = values.get(name);
        if (text != null && text.codePointCount(0, text.length()) > most) {
            throw Form.refusal(name, "BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.");
        }
        return text == null || text.isBlank() ? null : text;
    }

    int number(String name, int least, int most, int absent) {
        String text = values.get(name);
        if (text == null) {
            return absent;
        }
        Snowflake number = Snowflake.parseOrNull(text);
        if (number == null) {
            throw Form.refusal(name, "NUMBER_TYPE_COERCE", "Value \"" + shortened(text) + "\" is not int.");
        }
        if (number.value() < least || number.value() > most) {
            throw Form.refusal(
                    name, "NUMBER_TYPE_RANGE", "int value should be between " + least + " and " + most + ".");
        }
        return (int) number.value();
    }

    /** Null if it is not said. */
    @Nullable Boolean truth(String name) {
        String text = values.get(name);
        return switch (text) {
            case null -> null;
            case "true", "True", "1" -> true;
            case "false", "False", "0" -> false;
            default -> throw Form.refusal(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        };
    }

    @Nullable Snowflake id(String name) {
        List<Snowflake> ids = ids(name, 1);
        return ids.isEmpty() ? null : ids.getFirst();
    }

    List<Snowflake> ids(String name) {
        return ids(name, MOST_VALUES);
    }

    List<Snowflake> ids(String name, int most) {
        return list(name, most).stream()
                .map(text -> {
                    Snowflake id = Snowflake.parseOrNull(text);
                    if (id == null) {
                        throw Form.refusal(
                                name, "NUMBER_TYPE_COERCE", "Value \"" + shortened(text) + "\" is not snowflake.");
                    }
                    return id;
                })
                .toList();
    }

    /** Values of an enumeration. */
    List<String> choices(String name, Set<String> allowed) {
        List<String> chosen = list(name, MOST_VALUES);
        if (!allowed.containsAll(chosen)) {
            throw Form.refusal(
                    name,
                    "BASE_TYPE_CHOICES",
                    "Value must be one of {"
                            + String.join(", ", allowed.stream().sorted().toList()) + "}.");
        }
        return chosen;
    }

    List<String> texts(String name, int longest) {
        List<String> texts = list(name, MOST_VALUES);
        if (texts.stream().anyMatch(text -> text.length() > longest)) {
            throw Form.refusal(name, "BASE_TYPE_MAX_LENGTH", "Must be " + longest + " or fewer in length.");
        }
        return texts;
    }

    private List<String> list(String name, int most) {
        String text = values.get(name);
        if (text == null) {
            return List.of();
        }
        List<String> list = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .limit(most + 1L)
                .toList();
        if (list.size() > most) {
            throw Form.refusal(name, "BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.");
        }
        return list;
    }

    private static String shortened(String text) {
        return text.length() > 30 ? text.substring(0, 30) : text;
    }
}
