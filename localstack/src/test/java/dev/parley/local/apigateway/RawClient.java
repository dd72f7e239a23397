package dev.parley.local.apigateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;

/** A client that sends exactly the bytes it is told. */
public final class RawClient implements AutoCloseable {

    public record Answer(int status, TreeMap<String, String> headers, String body) {}

    private final Socket socket;
    private final InputStream in;

    public RawClient(String host, int port) {
        try {
            socket = new Socket(host, port);
            socket.setSoTimeout((int) GatewayFixture.PATIENCE.toMillis());
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new AssertionError("Cannot connect", e);
        }
    }

    RawClient(GatewayFixture fixture) {
        this("127.0.0.1", fixture.gateway.port());
    }

    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new AssertionError("Cannot send", e);
        }
    }

    /** Reads one answer with its body. */
    public Answer read() {
        try {
            String[] head = head().split("\r\n", -1);
            TreeMap<String, String> headers = new TreeMap<>();
            for (int i = 1; i < head.length; i++) {
                int colon = head[i].indexOf(':');
                headers.put(
                        head[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        head[i].substring(colon + 1).strip());
            }
            byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            return new Answer(
                    Integer.parseInt(head[0].split(" ", -1)[1]), headers, new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        }
    }

    /** Reads the next byte; -1 once the server has closed. A reset counts as closed. */
    int readByte() {
        try {
            return in.read();
        } catch (SocketException e) {
            return -1;
        } catch (IOException e) {
            throw new AssertionError("The server neither sends nor closes", e);
        }
    }

    /** Reads so many bytes; fewer only if the server has closed. */
    byte[] readBytes(int count) {
        try {
            return in.readNBytes(count);
        } catch (SocketException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new AssertionError("The server neither sends nor closes", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("Cannot close", e);
        }
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Closed after '" + head.toString(StandardCharsets.ISO_8859_1) + "'");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 4);
    }
}
