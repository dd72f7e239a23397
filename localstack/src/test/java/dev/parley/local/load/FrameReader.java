package dev.parley.local.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Finds what a client must know of a frame without making a tree of it: ten thousand clients share two processors with the
 * server. Keys may stand in any order; escapes in a key or in what is asked for are not undone.
 *
 * <p>One thread at a time; what it found is valid until the next {@link #read}.
 */
final class FrameReader {

    /** Bytes of a frame; API Gateway sends no more than half as many. */
    static final int MAX_FRAME = 256 * 1024;

    private static final byte[] OP = ascii("op");
    private static final byte[] S = ascii("s");
    private static final byte[] T = ascii("t");
    private static final byte[] D = ascii("d");

    private final byte[] bytes = new byte[MAX_FRAME];
    private final CRC32C checksum = new CRC32C();
    private int length;
    private int op;
    private long s;
    private int typeStart;
    private int typeEnd;
    private int dataStart;

    /** Looks at a frame; false if it is no object with an {@code op}. The buffer stays as it is. */
    boolean read(ByteBuf frame) {
        length = Math.min(frame.readableBytes(), MAX_FRAME);
        frame.getBytes(frame.readerIndex(), bytes, 0, length);
        op = -1;
        s = 0;
        typeStart = 0;
        typeEnd = 0;
        dataStart = -1;
        int at = skipSpace(0);
        if (at >= length || bytes[at] != '{') {
            return false;
        }
        at = skipSpace(at + 1);
        while (at < length && bytes[at] == '"') {
            int keyStart = at + 1;
            int keyEnd = endOfString(at) - 1;
            int value = skipSpace(skipSpace(keyEnd + 1) + 1);
            if (is(keyStart, keyEnd, OP)) {
                op = (int) number(value);
            } else if (is(keyStart, keyEnd, S)) {
                s = number(value);
            } else if (is(keyStart, keyEnd, T) && value < length && bytes[value] == '"') {
                typeStart = value + 1;
                typeEnd = endOfString(value) - 1;
            } else if (is(keyStart, keyEnd, D)) {
                dataStart = value;
            }
            at = next(value);
        }
        return op >= 0;
    }

    int op() {
        return op;
    }

    /** A checksum of the frame and its length: two frames with the same one are taken to be the same. */
    long print() {
        checksum.reset();
        checksum.update(bytes, 0, length);
        return checksum.getValue() << 32 | length;
    }

    /** 0 when it is null. */
    long s() {
        return s;
    }

    boolean typeIs(byte[] name) {
        return is(typeStart, typeEnd, name);
    }

    /** Whether {@code d} is true. */
    boolean dataIsTrue() {
        return dataStart >= 0 && dataStart < length && bytes[dataStart] == 't';
    }

    /** Where the value of a member of {@code d} begins, inside the quotes of a text; -1 when there is none. */
    int member(byte[] name) {
        if (dataStart < 0 || dataStart >= length || bytes[dataStart] != '{') {
            return -1;
        }
        int at = skipSpace(dataStart + 1);
        while (at < length && bytes[at] == '"') {
            int keyStart = at + 1;
            int keyEnd = endOfString(at) - 1;
            int value = skipSpace(skipSpace(keyEnd + 1) + 1);
            if (is(keyStart, keyEnd, name)) {
                return value < length && bytes[value] == '"' ? value + 1 : value;
            }
            at = next(value);
        }
        return -1;
    }

    /** The digits at a place; 0 when there are none. */
    long number(int at) {
        long value = 0;
        for (int i = Math.max(0, at); i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    /** The text from a place to its closing quote. */
    String text(int at) {
        return new String(bytes, at, endOfString(at - 1) - 1 - at, StandardCharsets.UTF_8);
    }

    /** The byte at a place, or 0 past the end. */
    byte at(int place) {
        return place >= 0 && place < length ? bytes[place] : 0;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The place of the next key of the same object, given where a value begins. */
    private int next(int value) {
        int at = skipSpace(endOfValue(value));
        return at < length && bytes[at] == ',' ? skipSpace(at + 1) : length;
    }

    private int endOfValue(int start) {
        if (start >= length) {
            return length;
        }
        if (bytes[start] == '"') {
            return endOfString(start);
        }
        int depth = 0;
        for (int at = start; at < length; at++) {
            switch (bytes[at]) {
                case '"' -> at = endOfString(at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth == 0) {
                        return at;
                    }
                    depth--;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                default -> {
                    // part of a literal
                }
            }
        }
        return length;
    }

    /** One past the closing quote of the text whose opening quote is at a place. */
    private int endOfString(int quote) {
        for (int at = quote + 1; at < length; at++) {
            if (bytes[at] == '\\') {
                at++;
            } else if (bytes[at] == '"') {
                return at + 1;
            }
        }
        return length;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private boolean is(int start, int end, byte[] name) {
        if (end - start != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[start + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
