package dev.parley.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code multipart/form-data} body (RFC 7578). The body is in memory already, so what is bounded here is what
 * its parts may cost: at most 64 of them, each with at most 8 KiB of headers.
 */
public final class Multipart {

    private static final String TYPE = "multipart/form-data";
    private static final int MAX_PARTS = 64;
    private static final int MAX_HEADER_BYTES = 8 * 1024;

    /** RFC 2046, section 5.1.1. */
    private static final int MAX_BOUNDARY = 70;

    private static final byte[] HEADER_END = {'\r', '\n', '\r', '\n'};

    private final byte[] body;
    private final byte[] delimiter;

    private Multipart(byte[] body, byte[] delimiter) {
        this.body = body;
        this.delimiter = delimiter;
    }

    /**
     * One part.
     *
     * @param filename null for a plain field
     * @param bytes not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Part(
            String name,
            @Nullable String filename,
            @Nullable String contentType,
            byte[] bytes) {

        /** The bytes as UTF-8. */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Whether a content type is that of a multipart form. */
    public static boolean is(@Nullable String contentType) {
        return contentType != null && contentType.strip().regionMatches(true, 0, TYPE, 0, TYPE.length());
    }

    /**
     * Takes a body apart.
     *
     * @param contentType the request's, which names the boundary
     * @throws ApiException {@code INVALID_FORM_BODY} if it is no multipart form, or has too many parts
     */
    public static List<Part> parse(String contentType, byte[] body) {
        String boundary = parameters(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
            throw malformed();
        }
        return new Multipart(body, ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1)).parts();
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        // The first delimiter may stand at the very beginning, without the line end before it.
        int at = startsWith(0, delimiter, 2) ? delimiter.length - 2 : after(indexOf(delimiter, 0, body.length));
        while (!startsWith(at, new byte[] {'-', '-'}, 0)) {
            int headers = lineEnd(at);
            int next = indexOf(delimiter, headers - 2, body.length);
            if (next < 0 || parts.size() == MAX_PARTS) {
                throw malformed();
            }
            parts.add(part(headers, next));
            at = next + delimiter.length;
        }
        return parts;
    }

    private int after(int found) {
        if (found < 0) {
            throw malformed();
        }
        return found + delimiter.length;
    }

    /** Behind the line end at a place, which spaces may come before. */
    private int lineEnd(int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (!startsWith(at, HEADER_END, 2)) {
            throw malformed();
        }
        return at + 2;
    }

    private Part part(int from, int end) {
        // A part without headers begins with the empty line.
        int headersEnd = indexOf(HEADER_END, from - 2, Math.min(end, from + MAX_HEADER_BYTES));
        if (headersEnd < 0) {
            throw malformed();
        }
        String headers = headersEnd < from ? "" : new String(body, from, headersEnd - from, StandardCharsets.UTF_8);
        Map<String, String> disposition = Map.of();
        String contentType = null;
        for (String line : headers.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (name.equals("content-disposition")) {
                disposition = parameters(line.substring(colon + 1));
            } else if (name.equals("content-type")) {
                contentType = line.substring(colon + 1).strip();
            }
        }
        String name = disposition.get("name");
        if (name == null) {
            throw malformed();
        }
        String extended = disposition.get("filename*");
        return new Part(
                name,
                extended == null ? disposition.get("filename") : extended(extended),
                contentType,
                Arrays.copyOfRange(body, headersEnd + HEADER_END.length, end));
    }

    /** The parameters of a header's value, by lower-case names. */
    private static Map<String, String> parameters(String value) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = value.indexOf(';');
        while (at >= 0 && at < value.length()) {
            int equals = value.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = value.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder text = new StringBuilder();
            int end = equals + 1;
            if (end < value.length() && value.charAt(end) == '"') {
                end = quoted(value, end + 1, text);
                at = value.indexOf(';', end);
            } else {
                at = value.indexOf(';', end);
                text.append(value.substring(end, at < 0 ? value.length() : at).strip());
            }
            parameters.putIfAbsent(name, text.toString());
        }
        return parameters;
    }

    /** Reads a quoted text and gives the place behind it. Browsers and most clients escape with {@code %22}. */
    private static int quoted(String value, int from, StringBuilder text) {
        int at = from;
        while (at < value.length() && value.charAt(at) != '"') {
            if (value.charAt(at) == '\\' && at + 1 < value.length() && "\"\\".indexOf(value.charAt(at + 1)) >= 0) {
                at++;
            }
            text.append(value.charAt(at));
            at++;
        }
        String unescaped =
                text.toString().replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
        text.setLength(0);
        text.append(unescaped);
        return Math.min(at + 1, value.length());
    }

    /** A text with its character set before it (RFC 8187). */
    private static @Nullable String extended(String value) {
        int text = value.indexOf('\'', value.indexOf('\'') + 1) + 1;
        try {
            return URLDecoder.decode(value.substring(text).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value.substring(text);
        }
    }

    private boolean startsWith(int at, byte[] bytes, int from) {
        int length = bytes.length - from;
        return at >= 0 && at + length <= body.length && Arrays.equals(body, at, at + length, bytes, from, bytes.length);
    }

    private int indexOf(byte[] wanted, int from, int end) {
        int last = end - wanted.length;
        for (int at = Math.max(0, from); at <= last; at++) {
            if (body[at] == wanted[0] && startsWith(at, wanted, 0)) {
                return at;
            }
        }
        return -1;
    }

    private static ApiException malformed() {
        return Form.refusal("_request", "CONTENT_TYPE_INVALID", "The body is no multipart/form-data that can be read.");
    }
}
