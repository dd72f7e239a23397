package dev.parley.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object somewhere in a form. It copies its parts, each if it is as it must be, and notes what is wrong with the others
 * under their path in the form. Lengths count Unicode code points. Not thread-safe.
 */
public final class FormPart {

    /** What a link may lead to. */
    public static final Set<String> LINKS = Set.of("http", "https");

    /** What a picture may come from: an upload of the same message, too. */
    public static final Set<String> PICTURES = Set.of("http", "https", "attachment");

    private final Form form;
    private final List<String> path;
    private final JsonNode sent;

    FormPart(Form form, List<String> path, JsonNode sent) {
        this.form = form;
        this.path = path;
        this.sent = sent;
    }

    /** The part as it was sent; a missing node when it was not. */
    public JsonNode raw(String name) {
        return sent.path(name);
    }

    /** Whether the part was sent, and is not null. */
    public boolean has(String name) {
        return sent.hasNonNull(name);
    }

    /** A part of this part. */
    public FormPart at(String name) {
        return new FormPart(form, below(name), sent.path(name));
    }

    /** The objects of a list; what is none is noted. */
    public List<FormPart> each(String name) {
        List<FormPart> parts = new ArrayList<>();
        JsonNode list = sent.path(name);
        for (int i = 0; i < list.size(); i++) {
            FormPart part = new FormPart(form, below(name, Integer.toString(i)), list.get(i));
            if (part.isObject()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Whether this is an object; if not, that is noted. */
    public boolean isObject() {
        if (!sent.isObject()) {
            form.error(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        }
        return sent.isObject();
    }

    /** Whether a list has so many members; if not, that is noted. No list has none. */
    public boolean hasSize(String name, int min, int max) {
        JsonNode list = sent.path(name);
        boolean fits = (list.isArray() || !has(name)) && list.size() >= min && list.size() <= max;
        if (!fits) {
            error(
                    name,
                    min == 0 ? "BASE_TYPE_MAX_LENGTH" : "BASE_TYPE_BAD_LENGTH",
                    min == 0
                            ? "Must be " + max + " or fewer in length."
                            : "Must be between " + min + " and " + max + " in length.");
        }
        return fits;
    }

    /**
     * Copies a text.
     *
     * @param min 0 if it may be left out; an empty one is left out
     * @return its length
     */
    public int text(ObjectNode copy, String name, int min, int max) {
        JsonNode node = sent.path(name);
        if (!has(name) && min == 0) {
            return 0;
        }
        if (!has(name)) {
            required(name);
            return 0;
        }
        if (!node.isTextual()) {
            error(name, "STRING_TYPE_CONVERT", "Could not interpret the value as string.");
            return 0;
        }
        String text = node.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            error(
                    name,
                    min == 0 ? "BASE_TYPE_MAX_LENGTH" : "BASE_TYPE_BAD_LENGTH",
                    min == 0
                            ? "Must be " + max + " or fewer in length."
                            : "Must be between " + min + " and " + max + " in length.");
            return 0;
        }
        if (text.indexOf('\0') >= 0) {
            error(name, "STRING_TYPE_NULL_CHARACTER", "Null characters are not allowed.");
            return 0;
        }
        if (length > 0) {
            copy.put(name, text);
        }
        return length;
    }

    /** Copies a whole number, if it is there. */
    public void integer(ObjectNode copy, String name, int min, int max) {
        Integer value = integer(name, min, max);
        if (value != null) {
            copy.put(name, value);
        }
    }

    /** A whole number; null if it is not there, or wrong. */
    public @Nullable Integer integer(String name, int min, int max) {
        JsonNode node = sent.path(name);
        if (!has(name)) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            error(name, "NUMBER_TYPE_COERCE", "Value is not int.");
            return null;
        }
        if (node.intValue() < min || node.intValue() > max) {
            error(name, "NUMBER_TYPE_RANGE", "int value should be between " + min + " and " + max + ".");
            return null;
        }
        return node.intValue();
    }

    /** Copies a truth value, if it is there. */
    public void flag(ObjectNode copy, String name) {
        JsonNode node = sent.path(name);
        if (has(name) && !node.isBoolean()) {
            error(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        } else if (has(name)) {
            copy.put(name, node.booleanValue());
        }
    }

    /**
     * Copies a URL, if it is there.
     *
     * @param schemes in lower case
     */
    public void url(ObjectNode copy, String name, int maxLength, Set<String> schemes) {
        if (text(copy, name, 0, maxLength) == 0) {
            return;
        }
        String scheme = scheme(copy.path(name).textValue());
        if (scheme == null) {
            error(name, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        } else if (!schemes.contains(scheme)) {
            error(
                    name,
                    "URL_TYPE_INVALID_SCHEME",
                    "Scheme \"" + scheme + "\" must be one of ("
                            + String.join(", ", schemes.stream().sorted().toList()) + ").");
        }
    }

    /** Notes that a part is missing. */
    public void required(String name) {
        error(name, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /** Notes a mistake. */
    public void error(String name, String code, String message) {
        form.error(below(name), code, message);
    }

    /** The scheme in lower case; null if the text is no absolute URL. */
    private static @Nullable String scheme(String text) {
        try {
            // Clients send what a browser's address bar shows, with characters that a URI may not have.
            URI uri = new URI(text.replaceAll("[^\\x21-\\x7e]|[\"<>\\\\^`{|}]", "_"));
            boolean complete =
                    uri.getScheme() != null && uri.getRawSchemeSpecificPart().length() > 2;
            return complete ? uri.getScheme().toLowerCase(Locale.ROOT) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private List<String> below(String... names) {
        List<String> below = new ArrayList<>(path);
        below.addAll(List.of(names));
        return below;
    }
}
