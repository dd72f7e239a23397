package dev.parley.functions.web;

import dev.parley.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * One file for browsers.
 *
 * @param contentType its media type
 * @param etag what tells it from another state of itself
 * @param bytes the file, not to be changed
 * @param zipped the same with gzip, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record WebFile(String contentType, String etag, byte[] bytes, byte[] zipped) {

    /** How much of a digest names content: enough that two files never share a name by accident. */
    static final int NAME_BYTES = 12;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    /** A file with the type that its name says. */
    static WebFile of(String name, byte[] bytes) {
        // Weak: the zipped and the plain form are one to those who compare.
        return new WebFile(type(name), "W/\"" + Sha256.hex(bytes, NAME_BYTES) + '"', bytes, zip(bytes));
    }

    /** Whether a browser can use such a file. */
    static boolean isKnown(String name) {
        return TYPES.containsKey(extension(name));
    }

    private static String type(String name) {
        String type = TYPES.get(extension(name));
        if (type == null) {
            throw new IllegalArgumentException("No media type is known for " + name);
        }
        return type;
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot fail to be written to", e);
        }
        return zipped.toByteArray();
    }
}
