package dev.parley.local.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Speaks as much of the Redis protocol (RESP 2, "Redis serialization protocol specification") as a start needs: one
 * command, one plain reply. Not thread-safe.
 */
final class RespConnection implements AutoCloseable {

    private static final int REPLY_LIMIT = 64 * 1024;

    private final Socket socket = new Socket();
    private final InputStream input;
    private final OutputStream output;

    /** Connects to a port of 127.0.0.1; the timeout holds for this and for each reply. */
    RespConnection(int port, Duration timeout) throws IOException {
        try {
            int millis = Math.toIntExact(timeout.toMillis());
            socket.setSoTimeout(millis);
            socket.connect(LoopbackPorts.address(port), millis);
            input = new BufferedInputStream(socket.getInputStream());
            output = new BufferedOutputStream(socket.getOutputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a command and returns the reply's text; that of an error starts with its code in capitals. */
    String call(String... words) throws IOException {
        write("*" + words.length + "\r\n");
        for (String word : words) {
            write("$" + word.getBytes(StandardCharsets.UTF_8).length + "\r\n" + word + "\r\n");
        }
        output.flush();
        String line = line();
        if (line.isEmpty()) {
            throw new IOException("an empty reply");
        }
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', '-', ':' -> rest;
            case '$' -> bulk(rest);
            default -> throw new IOException("an unexpected reply");
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void write(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String bulk(String length) throws IOException {
        int bytes = length.matches("\\d{1,5}") ? Integer.parseInt(length) : REPLY_LIMIT + 1;
        if (bytes > REPLY_LIMIT) {
            throw new IOException("an unexpected reply");
        }
        String text = new String(input.readNBytes(bytes), StandardCharsets.UTF_8);
        line();
        return text;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = input.read();
        while (next != '\n') {
            if (next < 0 || line.length() > REPLY_LIMIT) {
                throw new IOException("the reply broke off");
            }
            line.append((char) next);
            next = input.read();
        }
        return line.toString().strip();
    }
}
