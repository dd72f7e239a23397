package dev.parley.connection;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An HTTP server on loopback that answers exactly the bytes that a test gives it. */
final class ScriptedServer implements AutoCloseable {

    /** An answer after which the connection is closed; "" closes without one. */
    record Closing(String text) {}

    /** A request as it came. */
    record Received(int connection, String head, String body) {

        String line() {
            return head.substring(0, head.indexOf("\r\n"));
        }
    }

    private final ServerSocket listening;
    private final Function<Received, Object> script;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> serving = new CopyOnWriteArrayList<>();

    /** The script gives a text to answer, a {@link Closing}, or null to say nothing. */
    ScriptedServer(Function<Received, Object> script) throws IOException {
        this.script = script;
        listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    static String answer(int status) {
        return "HTTP/1.1 " + status + " Some Reason\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n";
    }

    URI endpoint() {
        return URI.create("http://localhost:" + listening.getLocalPort() + "/gateway");
    }

    List<Received> received() {
        return received;
    }

    int connections() {
        return sockets.size();
    }

    /** Closes the connections that there are, and goes on listening. Their clients can see it when this returns. */
    void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        try {
            // A close leaves the socket open while another thread reads from it.
            for (Thread thread : serving) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        closeConnections();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                int number = sockets.size();
                serving.add(Thread.startVirtualThread(() -> serve(socket, number)));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                Received request =
                        new Received(number, head, new String(in.readNBytes(length(head)), StandardCharsets.UTF_8));
                received.add(request);
                Object answer = script.apply(request);
                String text =
                        answer instanceof Closing closing ? closing.text() : answer == null ? "" : (String) answer;
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                if (answer instanceof Closing) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client or the test has closed it.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                .findFirst()
                .orElse(0);
    }
}
