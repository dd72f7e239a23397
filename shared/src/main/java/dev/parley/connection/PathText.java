package dev.parley.connection;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Segments of a path as they are sent (RFC 3986, 2.1 and 2.3). */
final class PathText {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PathText() {}

    /** Whether a character stands for itself wherever it is. */
    static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '~';
    }

    /** A prefix that is sent as it is, and a segment that is encoded: a base64 id holds '=', which becomes %3D. */
    static String join(String prefix, String segment) {
        StringBuilder text = new StringBuilder(prefix.length() + segment.length() + 8).append(prefix);
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved((char) (b & 0xff))) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }
}
