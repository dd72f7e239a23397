package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Routes;
import dev.parley.connection.PostOutcome;
import dev.parley.local.apigateway.MovableClock;
import dev.parley.session.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Cuts gateway connections in each way that Parley and API Gateway have. One thread at a time. */
public final class ConnectionCutter {

    /** More than what API Gateway lets a request's body take: one that is not sent shows when it looked at the clock. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final String CONNECT = Routes.gateway().stream()
            .filter(route -> route.routeKey().equals("$connect"))
            .findFirst()
            .orElseThrow()
            .function()
            .name();
    private static final int DEADLINE_MILLIS = 10_000;
    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private final LocalCloud cloud;
    private final MovableClock clock;

    ConnectionCutter(LocalCloud cloud, MovableClock clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    /** Lets nobody in until it is closed: clients that connect wait, since {@code $connect} does not answer. */
    public HeldFunction holdConnects() {
        return HeldFunction.hold(cloud.functions(), CONNECT);
    }

    /** Closes a connection with 1000, the only code that DeleteConnection has, and keeps its session. */
    public void close(String connectionId) {
        cloud.parley().connections().dropped(connectionId);
        expectDelivered(cloud.parley().poster().disconnect(connectionId));
    }

    /** Sends op 7 and leaves it to the client to close. */
    public void askToReconnect(String connectionId) {
        byte[] reconnect = Frame.reconnect().getBytes(StandardCharsets.UTF_8);
        expectDelivered(cloud.parley().poster().post(connectionId, reconnect));
    }

    /**
     * Lets time pass. When it returns, API Gateway has closed, with 1001, what has become too old or was idle for too
     * long; HTTP connections between two requests are closed as well.
     *
     * @param time at least 1 min
     */
    public void pass(Duration time) {
        assertThat(time).isGreaterThanOrEqualTo(SHORTEST);
        URI api = URI.create(cloud.baseUrl());
        try (Socket stalled = new Socket(api.getHost(), api.getPort())) {
            stalled.setSoTimeout(DEADLINE_MILLIS);
            stalled.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: local\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = stalled.getInputStream();
            assertThat(answer.read()).as("100 Continue").isNotNegative();
            clock.advance(time);
            answer.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until what has been said is in the log of every session that it is for: the outbox keeps it until then. */
    public void awaitAllLogged() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
        while (!cloud.parley().outbox().olderThan(Duration.ZERO, 1).isEmpty()) {
            assertThat(System.nanoTime()).as("the outbox empties in time").isLessThan(deadline);
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private static void expectDelivered(CompletableFuture<PostOutcome> outcome) {
        assertThat(outcome.orTimeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS).join())
                .isEqualTo(PostOutcome.DELIVERED);
    }
}
