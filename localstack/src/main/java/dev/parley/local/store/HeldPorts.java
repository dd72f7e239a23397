package dev.parley.local.store;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of 127.0.0.1 that are kept for a server while it is away. They refuse connections, and nobody else gets one:
 * without it a client that tries to connect may be given the server's port as its own. Not thread-safe.
 */
final class HeldPorts implements AutoCloseable {

    private final List<Socket> sockets = new ArrayList<>();

    /** Takes the ports; one that cannot be had is left to its luck. */
    static HeldPorts of(int... ports) {
        HeldPorts held = new HeldPorts();
        for (int port : ports) {
            held.hold(port);
        }
        return held;
    }

    /** Lets them go. */
    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException _) {
                // It holds nothing any more.
            }
        }
        sockets.clear();
    }

    private void hold(int port) {
        Socket socket = new Socket();
        sockets.add(socket);
        try {
            // The server's last connections may still be waiting for their end.
            socket.setReuseAddress(true);
            socket.bind(LoopbackPorts.address(port));
        } catch (IOException _) {
            // The server's own start will say it.
        }
    }
}
