package dev.parley.local.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of 127.0.0.1 that stands for a server and can be given to another one, as the address of a cluster or of a proxy
 * is: whoever is connected when that happens is cut off, and finds the other server when it connects again. Thread-safe.
 */
final class SwitchedAddress implements AutoCloseable {

    private static final int NOBODY = 0;
    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    /** An address of the server on a port of 127.0.0.1. */
    SwitchedAddress(int target) {
        this.target = target;
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("address-" + port()).start(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Gives the address to a server on another port. */
    void switchTo(int newTarget) {
        target = newTarget;
        cutAll();
    }

    /** Nobody can be reached from now on; what is on its way is lost. */
    void cut() {
        switchTo(NOBODY);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // Closed, or a client that was gone before it was accepted.
            }
        }
    }

    private void connect(Socket client) {
        int chosen = target;
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
            if (chosen == NOBODY) {
                throw new IOException("nobody is there");
            }
            server.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), chosen), CONNECT_TIMEOUT_MS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            if (chosen != target) {
                throw new IOException("switched meanwhile");
            }
            Thread.ofVirtual().start(() -> pass(client, server));
            pass(server, client);
        } catch (IOException e) {
            drop(client);
            drop(server);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream input = from.getInputStream();
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side is gone, and the other goes with it.
        } finally {
            drop(from);
            drop(to);
        }
    }

    private void cutAll() {
        open.forEach(this::drop);
    }

    private void drop(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }
}
