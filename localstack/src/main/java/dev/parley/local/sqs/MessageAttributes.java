package dev.parley.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message's own attributes, as the JSON protocol writes them, by name. Immutable.
 *
 * <p>The digests are those of the SQS developer guide, "Calculating the MD5 message digest for message attributes".
 */
final class MessageAttributes {

    /** No attributes. */
    static final MessageAttributes NONE = new MessageAttributes(new TreeMap<>());

    private static final int MAX_COUNT = 10;

    private final SortedMap<String, JsonNode> byName;

    private MessageAttributes(SortedMap<String, JsonNode> byName) {
        this.byName = byName;
    }

    /**
     * Reads the attributes of a request.
     *
     * @throws SqsError if there are more than 10, or one has no type or no value
     */
    static MessageAttributes of(@Nullable JsonNode attributes) {
        if (attributes == null || attributes.isEmpty()) {
            return NONE;
        }
        if (attributes.size() > MAX_COUNT) {
            throw new SqsError(SqsError.Code.INVALID_PARAMETER, "A message has at most 10 attributes");
        }
        SortedMap<String, JsonNode> byName = new TreeMap<>();
        attributes.properties().forEach(entry -> {
            JsonNode attribute = entry.getValue();
            if (attribute.path("DataType").asText().isEmpty()
                    || !(attribute.hasNonNull("StringValue") || attribute.hasNonNull("BinaryValue"))) {
                throw new SqsError(
                        SqsError.Code.INVALID_PARAMETER,
                        "The message attribute '" + entry.getKey() + "' needs a type and a value");
            }
            byName.put(entry.getKey(), attribute);
        });
        return new MessageAttributes(byName);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** What the attributes add to a message's size. */
    int size() {
        int size = 0;
        for (Map.Entry<String, JsonNode> entry : byName.entrySet()) {
            size += utf8(entry.getKey()).length + utf8(type(entry.getValue())).length + value(entry.getValue()).length;
        }
        return size;
    }

    /** Those that a receiver asks for: by name, by {@code prefix.*}, or all with {@code All} or {@code .*}. */
    MessageAttributes select(List<String> wanted) {
        SortedMap<String, JsonNode> selected = new TreeMap<>();
        byName.forEach((name, value) -> {
            if (wanted.stream().anyMatch(pattern -> matches(pattern, name))) {
                selected.put(name, value);
            }
        });
        return new MessageAttributes(selected);
    }

    JsonNode json() {
        return Json.object().setAll(byName);
    }

    String md5() {
        MessageDigest digest = md5Digest();
        byName.forEach((name, attribute) -> {
            update(digest, utf8(name));
            update(digest, utf8(type(attribute)));
            digest.update((byte) (binary(attribute) ? 2 : 1));
            update(digest, value(attribute));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    static String md5(String text) {
        return HexFormat.of().formatHex(md5Digest().digest(utf8(text)));
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.equals("All") || pattern.equals(".*")) {
            return true;
        }
        return pattern.endsWith(".*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static boolean binary(JsonNode attribute) {
        return type(attribute).startsWith("Binary");
    }

    private static String type(JsonNode attribute) {
        return attribute.path("DataType").asText();
    }

    private static byte[] value(JsonNode attribute) {
        try {
            return binary(attribute)
                    ? Base64.getDecoder().decode(attribute.path("BinaryValue").asText())
                    : utf8(attribute.path("StringValue").asText());
        } catch (IllegalArgumentException e) {
            throw new SqsError(SqsError.Code.INVALID_PARAMETER, "A binary message attribute is no Base64");
        }
    }

    private static void update(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest md5Digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
