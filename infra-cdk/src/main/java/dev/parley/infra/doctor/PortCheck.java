package dev.parley.infra.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * Looks whether the port that {@code ./parley up} listens on is free. One that a running Parley has is not in the way of anybody.
 *
 * @param port 1 to 65535
 */
record PortCheck(int port) implements Check {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "port " + port;
    }

    @Override
    public String neededFor() {
        return "./parley up";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        try (ServerSocket socket = new ServerSocket()) {
            // As Netty does: a port whose last connections are still fading is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return List.of(new Finding(name(), State.OK, "free", neededFor(), "", true));
        } catch (IOException e) {
            return List.of(
                    parleyAnswers()
                            ? new Finding(name(), State.OK, "a running parley", neededFor(), "", true)
                            : new Finding(
                                    name(),
                                    State.TAKEN,
                                    "",
                                    neededFor(),
                                    "Another program listens there: stop it, or say ./parley up --port " + (port + 1),
                                    true));
        }
    }

    private boolean parleyAnswers() throws InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                    .timeout(TIMEOUT)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("parley_");
        } catch (IOException e) {
            return false;
        }
    }
}
