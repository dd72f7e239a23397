package dev.parley.local.apigateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that sends exactly the frames it is told, good or bad. */
final class RawWebSocket implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] MASK = {1, 2, 3, 4};

    /** @param opcode the frame's opcode, or -1 once the server has closed */
    record Frame(int opcode, boolean last, String text, int closeCode) {}

    private final RawClient client;
    final RawClient.Answer handshake;

    RawWebSocket(GatewayFixture fixture, String target, String... headers) {
        client = new RawClient(fixture);
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        handshake = client.send(request.append("\r\n").toString()).read();
    }

    /** An open connection. */
    static RawWebSocket open(GatewayFixture fixture) {
        RawWebSocket socket = new RawWebSocket(fixture, "/gateway?v=10");
        if (socket.handshake.status() != 101) {
            throw new AssertionError("No upgrade: " + socket.handshake);
        }
        return socket;
    }

    RawWebSocket text(String text) {
        return frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    RawWebSocket frame(int opcode, boolean last, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (opcode | (last ? 0x80 : 0)));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % 4]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        client.send(bytes);
        return this;
    }

    RawWebSocket close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return frame(
                CLOSE,
                true,
                ByteBuffer.allocate(text.length + 2)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    /** The next frame. */
    Frame read() {
        int first = client.readByte();
        if (first < 0) {
            return new Frame(-1, true, "", 0);
        }
        int length = client.readByte();
        if (length == 126) {
            length = ByteBuffer.wrap(client.readBytes(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = (int) ByteBuffer.wrap(client.readBytes(8)).getLong();
        }
        byte[] payload = client.readBytes(length);
        int opcode = first & 0xf;
        int code = opcode == CLOSE && length >= 2 ? ByteBuffer.wrap(payload).getShort() & 0xffff : 0;
        return new Frame(opcode, (first & 0x80) != 0, new String(payload, StandardCharsets.UTF_8), code);
    }

    /** The next frame that is no message: a clock that is put forward can time out a function that has just begun. */
    Frame readControl() {
        Frame frame = read();
        while (frame.opcode() == TEXT) {
            frame = read();
        }
        return frame;
    }

    /** Cuts the connection without a word. */
    @Override
    public void close() {
        client.close();
    }
}
