package dev.parley.connection;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads HTTP/1.1 responses as far as the poster needs them (RFC 9112): the status, where the response ends, and its body.
 * A response is refused when its head or its body is longer than 16 KB.
 *
 * <p>Used by one event loop. After a whole response the next call begins with the next one.
 */
final class AnswerParser {

    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_BODY = 16 * 1024;
    private static final AsciiString VERSION = AsciiString.cached("HTTP/1.");
    private static final int MINOR_VERSION = 7;
    private static final int STATUS = 9;
    private static final int STATUS_LINE = 12;

    private enum Part {
        STATUS_LINE,
        HEADER,
        BODY,
        BODY_UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        END
    }

    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private Part part = Part.END;
    private int status;
    private int headBytes;
    private long bytesLeft;
    private boolean chunked;
    private boolean keptAlive;

    /** What came is no response of HTTP/1.x, or a too long one. */
    static final class MalformedAnswerException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private MalformedAnswerException(String message) {
            super(message);
        }
    }

    /**
     * Takes what has come, but nothing of a line that has not ended.
     *
     * @return whether the response is whole
     * @throws MalformedAnswerException if it cannot be read
     */
    boolean read(ByteBuf in) {
        if (part == Part.END) {
            begin();
        }
        while (part != Part.END) {
            boolean moved = switch (part) {
                case BODY, CHUNK, BODY_UNTIL_CLOSE -> readBody(in);
                default -> readLine(in);
            };
            if (!moved) {
                return false;
            }
        }
        return true;
    }

    /** Whether the end of the connection is the end of the response that is being read. */
    boolean endsWithConnection() {
        return part == Part.BODY_UNTIL_CLOSE;
    }

    /** The status of the last response. */
    int status() {
        return status;
    }

    /** The body of the last response. */
    byte[] body() {
        return body.toByteArray();
    }

    /** Whether the connection may carry another request. */
    boolean isKeptAlive() {
        return keptAlive;
    }

    private void begin() {
        part = Part.STATUS_LINE;
        headBytes = 0;
        bytesLeft = -1;
        chunked = false;
        body.reset();
    }

    private boolean readBody(ByteBuf in) {
        int length = part == Part.BODY_UNTIL_CLOSE ? in.readableBytes() : (int) Math.min(bytesLeft, in.readableBytes());
        if (length == 0) {
            return false;
        }
        if (body.size() + length > MAX_BODY) {
            throw new MalformedAnswerException("The body is too long");
        }
        for (int i = 0; i < length; i++) {
            body.write(in.readByte());
        }
        if (part == Part.BODY_UNTIL_CLOSE) {
            return true;
        }
        bytesLeft -= length;
        if (bytesLeft == 0) {
            part = part == Part.BODY ? Part.END : Part.CHUNK_END;
        }
        return true;
    }

    private boolean readLine(ByteBuf in) {
        int length = in.bytesBefore((byte) '\n');
        int taken = length < 0 ? in.readableBytes() : length + 1;
        if (headBytes + taken > MAX_HEAD) {
            throw new MalformedAnswerException("The head is too long");
        }
        if (length < 0) {
            return false;
        }
        headBytes += taken;
        int start = in.readerIndex();
        in.skipBytes(taken);
        int end = length > 0 && in.getByte(start + length - 1) == '\r' ? start + length - 1 : start + length;
        switch (part) {
            case STATUS_LINE -> statusLine(in, start, end);
            case HEADER -> header(in, start, end);
            case CHUNK_SIZE -> chunkSize(text(in, start, end));
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            default -> part = start == end ? Part.END : Part.TRAILER;
        }
        return true;
    }

    private void statusLine(ByteBuf in, int start, int end) {
        if (end - start < STATUS_LINE
                || !text(in, start, start + VERSION.length()).contentEquals(VERSION)) {
            throw new MalformedAnswerException("No status line of HTTP/1.x");
        }
        int code = 0;
        for (int i = start + STATUS; i < start + STATUS_LINE; i++) {
            code = 10 * code + Character.digit(in.getByte(i), 10);
        }
        if (code < 100) {
            throw new MalformedAnswerException("No status");
        }
        status = code;
        keptAlive = in.getByte(start + MINOR_VERSION) == '1';
        part = Part.HEADER;
    }

    private void header(ByteBuf in, int start, int end) {
        if (start == end) {
            headEnds();
            return;
        }
        // Three headers matter, and their first letters keep the others from being read.
        switch (in.getByte(start) | 0x20) {
            case 'c' -> {
                String line = text(in, start, end);
                if (isHeader(line, "content-length")) {
                    bytesLeft = length(value(line), 10);
                } else if (isHeader(line, "connection")) {
                    keptAlive = keptAlive && !value(line).equalsIgnoreCase("close");
                }
            }
            case 't' -> {
                String line = text(in, start, end);
                chunked = chunked
                        || (isHeader(line, "transfer-encoding") && value(line).equalsIgnoreCase("chunked"));
            }
            default -> {
                // Of no use here.
            }
        }
    }

    private void headEnds() {
        if (status < 200) {
            begin();
        } else if (status == 204 || status == 304 || (bytesLeft == 0 && !chunked)) {
            part = Part.END;
        } else if (chunked) {
            part = Part.CHUNK_SIZE;
        } else if (bytesLeft > 0) {
            part = Part.BODY;
        } else {
            keptAlive = false;
            part = Part.BODY_UNTIL_CLOSE;
        }
    }

    private void chunkSize(String line) {
        int extension = line.indexOf(';');
        bytesLeft = length((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
        part = bytesLeft == 0 ? Part.TRAILER : Part.CHUNK;
    }

    private static long length(String text, int radix) {
        try {
            long length = Long.parseLong(text, radix);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new MalformedAnswerException("No length: " + e.getMessage());
        }
        throw new MalformedAnswerException("A length below zero");
    }

    private static boolean isHeader(String line, String name) {
        return line.length() > name.length()
                && line.charAt(name.length()) == ':'
                && line.regionMatches(true, 0, name, 0, name.length());
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    private static String text(ByteBuf in, int start, int end) {
        return in.toString(start, end - start, StandardCharsets.ISO_8859_1);
    }
}
