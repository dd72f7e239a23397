package dev.parley.local.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Looks for free TCP ports on 127.0.0.1. Another program may take one before its server does: whoever starts a server
 * tries again with another.
 */
final class LoopbackPorts {

    private static final int ATTEMPTS = 100;

    private LoopbackPorts() {}

    /** A port that is free now. */
    static int free() {
        return freePair(0);
    }

    /**
     * A port that is free now, and so is the one that many above it.
     *
     * @throws LocalStoreException if there is none
     */
    static int freePair(int distance) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket first = listen(0)) {
                int port = first.getLocalPort();
                if (distance == 0) {
                    return port;
                }
                if (port + distance <= 65535) {
                    listen(port + distance).close();
                    return port;
                }
            } catch (IOException _) {
                // One of the two is taken.
            }
        }
        throw new LocalStoreException("No free port on 127.0.0.1");
    }

    /** A port of 127.0.0.1, whatever the machine takes {@code localhost} for. */
    static InetSocketAddress address(int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(address(port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
