package dev.parley.local;

import dev.parley.local.apigateway.PortTakenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A port that is kept until its server starts: the functions must know it before, and somebody who starts on a taken one
 * should hear of it at once.
 */
final class FreePort implements AutoCloseable {

    private final ServerSocket socket;

    private FreePort(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Takes a port.
     *
     * @param port 0 for any free one
     * @throws PortTakenException if somebody else listens there
     */
    static FreePort reserve(String host, int port) {
        ServerSocket socket = null;
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return new FreePort(socket);
        } catch (IOException e) {
            throw new PortTakenException(port, e);
        }
    }

    int number() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new PortTakenException(number(), e);
        }
    }
}
