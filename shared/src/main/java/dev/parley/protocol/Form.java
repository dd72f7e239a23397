package dev.parley.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.snowflake.Snowflake;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a request body and collects what is wrong with them, so that a client learns of all its mistakes at
 * once (Discord documentation, "Error Messages"). Lengths count Unicode code points.
 *
 * <p>Read every field, then call {@link #check()}; until it returns, what a wrong field gave must not be used. Not
 * thread-safe.
 */
public final class Form {

    private static final String ERRORS = "_errors";

    private final JsonNode body;
    private final List<UploadedFile> files;
    private final ObjectNode errors = Json.object();

    /**
     * A form over a body.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if the body is no JSON object
     */
    public Form(JsonNode body) {
        this(body, List.of());
    }

    /**
     * A form over a body, with files.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if the body is no JSON object
     */
    public Form(JsonNode body, List<UploadedFile> files) {
        if (!body.isObject()) {
            ObjectNode notAnObject = Json.object();
            addError(notAnObject, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            throw new ApiException(ErrorCode.INVALID_FORM_BODY, notAnObject);
        }
        this.body = body;
        this.files = List.copyOf(files);
    }

    /**
     * The form of a {@code multipart/form-data} body.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} if it cannot be read
     * @throws InvalidJsonException if {@code payload_json} is none
     */
    public static Form multipart(String contentType, byte[] body) {
        return MultipartForm.read(contentType, body);
    }

    /** All fields as they were sent; a copy. */
    public ObjectNode fields() {
        return body.deepCopy();
    }

    /** The files that came with it. */
    public List<UploadedFile> files() {
        return files;
    }

    /** Whether the client sent the field, be it null. */
    public boolean has(String field) {
        return body.has(field);
    }

    /** All fields as they were sent. */
    public Iterator<Map.Entry<String, JsonNode>> properties() {
        return body.properties().iterator();
    }

    /** The field as it was sent; a missing node when it was not. */
    public JsonNode raw(String field) {
        return body.path(field);
    }

    /** A text that must be there. */
    public String requiredText(String field, int minLength, int maxLength) {
        String text = optionalText(field, minLength, maxLength);
        if (text == null && !errors.has(field)) {
            required(field);
        }
        return text == null ? "" : text;
    }

    /** A text that may be absent or null. */
    public @Nullable String optionalText(String field, int minLength, int maxLength) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            error(field, "STRING_TYPE_CONVERT", "Could not interpret \"" + kind(node) + "\" as string.");
            return null;
        }
        String text = node.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < minLength || length > maxLength) {
            lengthError(field, minLength, maxLength);
            return null;
        }
        if (text.indexOf('\0') >= 0) {
            error(field, "STRING_TYPE_NULL_CHARACTER", "Null characters are not allowed.");
            return null;
        }
        return text;
    }

    /** A whole number that may be absent or null. */
    public @Nullable Integer optionalInteger(String field, int min, int max) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isIntegralNumber()) {
            error(field, "NUMBER_TYPE_COERCE", "Value \"" + kind(node) + "\" is not int.");
            return null;
        }
        if (!node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
            error(field, "NUMBER_TYPE_RANGE", "int value should be between " + min + " and " + max + ".");
            return null;
        }
        return node.intValue();
    }

    /** A truth value; absent and null mean {@code absent}. */
    public boolean flag(String field, boolean absent) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return absent;
        }
        if (!node.isBoolean()) {
            error(field, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
            return absent;
        }
        return node.booleanValue();
    }

    /** An id that may be absent or null; clients write ids as strings, some as numbers. */
    public @Nullable Snowflake optionalSnowflake(String field) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        Snowflake id = node.isTextual() || node.isIntegralNumber() ? Snowflake.parseOrNull(node.asText()) : null;
        if (id == null) {
            error(field, "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }
        return id;
    }

    /** A moment in ISO 8601 with its offset, to the millisecond, which may be absent or null. */
    public @Nullable Instant optionalInstant(String field) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(node.asText()).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            error(field, "DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601.");
            return null;
        }
    }

    /** The refusal of one field that only the store could find wrong. */
    public static ApiException refusal(String field, String code, String message) {
        ObjectNode errors = Json.object();
        addError(errors.putObject(field), code, message);
        return new ApiException(ErrorCode.INVALID_FORM_BODY, errors);
    }

    /** Notes that a field is missing. */
    public void required(String field) {
        error(field, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /** Notes a mistake. */
    public void error(String field, String code, String message) {
        error(List.of(field), code, message);
    }

    /**
     * Notes a mistake deeper in the form.
     *
     * @param path the fields on the way to it; for a list's members their indexes from 0
     */
    public void error(List<String> path, String code, String message) {
        ObjectNode target = errors;
        for (String field : path) {
            target = target.withObjectProperty(field);
        }
        addError(target, code, message);
    }

    /** The whole form, to read what is deeper in it. */
    public FormPart part() {
        return new FormPart(this, List.of(), body);
    }

    /** Notes the mistakes of one element of a list, which was read as a form of its own. */
    public void element(String field, int index, Form part) {
        if (!part.errors.isEmpty()) {
            errors.withObject("/" + field).set(Integer.toString(index), part.errors);
        }
    }

    /** The mistakes noted so far, field by field; empty if there are none. */
    public ObjectNode errors() {
        return errors.deepCopy();
    }

    /**
     * Ends the reading.
     *
     * @throws ApiException {@code INVALID_FORM_BODY} with all mistakes, if there are any
     */
    public void check() {
        if (!errors.isEmpty()) {
            settle(errors);
            throw new ApiException(ErrorCode.INVALID_FORM_BODY, errors);
        }
    }

    /** A field says either what is wrong with it or what is wrong within it, and never both (Discord's description). */
    private static void settle(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.size() > 1) {
                object.remove(ERRORS);
            }
            object.forEach(Form::settle);
        }
    }

    private void lengthError(String field, int minLength, int maxLength) {
        String message = minLength == 0
                ? "Must be " + maxLength + " or fewer in length."
                : "Must be between " + minLength + " and " + maxLength + " in length.";
        error(field, minLength == 0 ? "BASE_TYPE_MAX_LENGTH" : "BASE_TYPE_BAD_LENGTH", message);
    }

    private static void addError(ObjectNode target, String code, String message) {
        ObjectNode error = Json.object();
        error.put("code", code);
        error.put("message", message);
        target.withArray(ERRORS).add(error);
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
