package dev.parley.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.digest.Sha256;
import dev.parley.protocol.Form;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An image that a client sent.
 *
 * @param bytes not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Image(ImageType type, byte[] bytes) {

    private static final int HASH_BYTES = 16;
    private static final int ANIMATED_FLAG = 1 << 1;

    /**
     * Reads an image that a form has as a data URI (Discord documentation, "Image Data"): base64, and PNG, JPEG, GIF or WebP
     * by its first bytes, whatever the URI says. What is none is noted in the form.
     *
     * @param maxBytes how large it may be
     * @return null if there is none
     */
    public static @Nullable Image read(Form form, String field, int maxBytes) {
        JsonNode node = form.raw(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        String uri = node.asText();
        int comma = uri.indexOf(',');
        if (!uri.startsWith("data:image/") || comma < 0 || comma > 100 || !uri.startsWith(";base64", comma - 7)) {
            form.error(field, "IMAGE_INVALID", "Invalid image");
            return null;
        }
        // Base64 is a third longer than what it stands for.
        if ((uri.length() - comma - 1) / 4L * 3 > maxBytes + 2L) {
            form.error(field, "BINARY_TYPE_MAX_SIZE", "File cannot be larger than " + maxBytes / 1024 + ".0 kb.");
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(uri.substring(comma + 1));
        } catch (IllegalArgumentException e) {
            form.error(field, "IMAGE_INVALID", "Invalid image");
            return null;
        }
        ImageType type = ImageType.of(bytes);
        if (type == null || ImageSize.read(bytes) == null) {
            form.error(field, "IMAGE_INVALID", "Invalid image");
            return null;
        }
        if (bytes.length > maxBytes) {
            form.error(field, "BINARY_TYPE_MAX_SIZE", "File cannot be larger than " + maxBytes / 1024 + ".0 kb.");
            return null;
        }
        return new Image(type, bytes);
    }

    /** Whether it moves. A GIF counts as one that does; PNG and JPEG do not, nor does a WebP without the flag. */
    public boolean animated() {
        return switch (type) {
            case GIF -> true;
            case PNG, JPEG -> false;
            case WEBP ->
                bytes.length > 20 && ImageType.startsWith(bytes, 12, "VP8X") && (bytes[20] & ANIMATED_FLAG) != 0;
        };
    }

    /** What the image is named by: 32 hexadecimal digits, with {@code a_} before them if it moves. */
    public String hash() {
        String digits = Sha256.hex(bytes, HASH_BYTES);
        return animated() ? "a_" + digits : digits;
    }
}
