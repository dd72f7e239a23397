package dev.parley.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.connection.ScriptedServer.Closing;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client for {@code @connections} in front of a server that does what the test says. */
class NettyConnectionPosterTest {

    private static final String ID = "R0oXAdfD0kwCH6w=";
    private static final String TEXT = "{\"op\":0,\"d\":\"é\"}";
    private static final byte[] MESSAGE = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final RequestSigner SIGNER =
            (method, path, body, head) -> head.writeCharSequence("host: here\r\n", StandardCharsets.US_ASCII);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void sendsTheMessageAsItIs() throws Exception {
        ScriptedServer server = server(request -> ScriptedServer.answer(200));

        assertThat(outcome(poster(server, 1).post(ID, MESSAGE))).isEqualTo(PostOutcome.DELIVERED);

        assertThat(server.received()).hasSize(1);
        assertThat(server.received().getFirst().body()).isEqualTo(TEXT);
        assertThat(server.received().getFirst().head().lines())
                .containsExactly(
                        "POST /gateway/@connections/R0oXAdfD0kwCH6w%3D HTTP/1.1",
                        "host: here", "content-length: 17", "content-type: application/octet-stream", "");
    }

    @Test
    void disconnectsWithDelete() throws Exception {
        ScriptedServer server = server(request -> "HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(outcome(poster(server, 1).disconnect(ID))).isEqualTo(PostOutcome.DELIVERED);

        assertThat(server.received().getFirst().line())
                .isEqualTo("DELETE /gateway/@connections/R0oXAdfD0kwCH6w%3D HTTP/1.1");
    }

    @Test
    void tellsWhatTheStatusMeans() throws Exception {
        Map<Integer, PostOutcome> outcomes = Map.of(
                200, PostOutcome.DELIVERED,
                204, PostOutcome.DELIVERED,
                400, PostOutcome.REFUSED,
                403, PostOutcome.REFUSED,
                410, PostOutcome.GONE,
                413, PostOutcome.TOO_LARGE,
                429, PostOutcome.THROTTLED,
                500, PostOutcome.FAILED,
                503, PostOutcome.FAILED);
        ScriptedServer server = server(request -> ScriptedServer.answer(Integer.parseInt(request.body())));
        NettyConnectionPoster poster = poster(server, 1);

        for (Map.Entry<Integer, PostOutcome> entry : outcomes.entrySet()) {
            byte[] status = entry.getKey().toString().getBytes(StandardCharsets.UTF_8);
            assertThat(outcome(poster.post(ID, status)))
                    .as("%s", entry.getKey())
                    .isEqualTo(entry.getValue());
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void readsEveryFormOfAnAnswer() throws Exception {
        List<Object> answers = List.of(
                "HTTP/1.1 410 Gone\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nx: y\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 410 Gone\r\nCONTENT-LENGTH: 3\r\n\r\nabc",
                "HTTP/1.1 410 Gone\ncontent-length:0\n\n",
                "HTTP/1.1 410 Gone\r\nx-long: " + "x".repeat(9000) + "\r\nContent-Length: 9000\r\n\r\n"
                        + "y".repeat(9000),
                new Closing("HTTP/1.1 410 Gone\r\n\r\nuntil the end"),
                new Closing("HTTP/1.0 410 Gone\r\nContent-Length: 2\r\n\r\nab"),
                new Closing("HTTP/1.1 410 Gone\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab"),
                "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
        ScriptedServer server = server(request -> answers.get(request.body().charAt(0)));
        NettyConnectionPoster poster = poster(server, 1);

        for (int i = 0; i < answers.size(); i++) {
            assertThat(outcome(poster.post(ID, new byte[] {(byte) i})))
                    .as("answer %d", i)
                    .isEqualTo(PostOutcome.GONE);
        }
        assertThat(server.connections()).isEqualTo(4);
    }

    @Test
    void failsOnWhatIsNoAnswer() throws Exception {
        List<String> answers = List.of(
                "SMTP ready\r\n\r\n",
                "HTTP/1.1 abc Reason\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nx: " + "x".repeat(20_000) + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000));
        ScriptedServer server = server(request -> answers.get(request.body().charAt(0)));
        NettyConnectionPoster poster = poster(server, 1);

        for (int i = 0; i < answers.size(); i++) {
            assertThat(outcome(poster.post(ID, new byte[] {(byte) i})))
                    .as("answer %d", i)
                    .isEqualTo(PostOutcome.FAILED);
        }
    }

    @Test
    void keepsOneRequestOnAConnectionAndNoMoreConnectionsThanItMay() throws Exception {
        // Given
        Map<Integer, Integer> underWay = new ConcurrentHashMap<>();
        ScriptedServer server = server(request -> {
            assertThat(underWay.merge(request.connection(), 1, Integer::sum)).isEqualTo(1);
            underWay.merge(request.connection(), -1, Integer::sum);
            return ScriptedServer.answer(200);
        });
        NettyConnectionPoster poster = poster(server, 4);

        // When
        List<CompletableFuture<PostOutcome>> posts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            posts.add(poster.post(ID, MESSAGE));
        }

        // Then
        for (CompletableFuture<PostOutcome> post : posts) {
            assertThat(outcome(post)).isEqualTo(PostOutcome.DELIVERED);
        }
        assertThat(server.received()).hasSize(2000);
        assertThat(server.connections()).isLessThanOrEqualTo(4);
    }

    @Test
    void opensANewConnectionWhenTheServerHasClosedTheIdleOne() throws Exception {
        // Given
        ScriptedServer server = server(request -> ScriptedServer.answer(200));
        NettyConnectionPoster poster = poster(server, 1);
        outcome(poster.post(ID, MESSAGE));

        // When
        server.closeConnections();

        // Then a post that crosses the close may fail, but none is lost and called delivered
        int tries = 1;
        while (outcome(poster.post(ID, MESSAGE)) != PostOutcome.DELIVERED) {
            assertThat(tries++).isLessThan(3);
        }
        assertThat(server.received()).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void doesNotRepeatWhatMayHaveBeenDelivered() throws Exception {
        ScriptedServer server = server(request -> new Closing(""));

        assertThat(outcome(poster(server, 4).post(ID, MESSAGE))).isEqualTo(PostOutcome.FAILED);

        assertThat(server.received()).hasSize(1);
    }

    @Test
    void endsWithinTheTimeout() throws Exception {
        // Given a server that says nothing
        ScriptedServer server = server(request -> null);
        NettyConnectionPoster poster = poster(server.endpoint(), new PosterLimits(1, 1, 10, Duration.ofMillis(300)));

        // When
        CompletableFuture<PostOutcome> sent = poster.post(ID, MESSAGE);
        CompletableFuture<PostOutcome> waits = poster.post(ID, MESSAGE);

        // Then
        assertThat(outcome(sent)).isEqualTo(PostOutcome.FAILED);
        assertThat(outcome(waits)).as("it was not sent").isEqualTo(PostOutcome.THROTTLED);
    }

    @Test
    void throttlesBeyondItsQueue() throws Exception {
        // Given
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedServer server = server(request -> {
            await(gate);
            return ScriptedServer.answer(200);
        });
        NettyConnectionPoster poster = poster(server.endpoint(), new PosterLimits(1, 1, 5, Duration.ofSeconds(10)));

        // When
        List<CompletableFuture<PostOutcome>> posts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            posts.add(poster.post(ID, MESSAGE));
        }

        // Then
        assertThat(outcome(posts.getLast())).isEqualTo(PostOutcome.THROTTLED);
        gate.countDown();
        assertThat(outcome(posts.getFirst())).isEqualTo(PostOutcome.DELIVERED);
        assertThat(server.received().size()).isLessThanOrEqualTo(7);
    }

    @Test
    void failsAtOnceWhenNobodyListens() throws Exception {
        ScriptedServer server = server(request -> null);
        server.close();
        NettyConnectionPoster poster = poster(server, 2);

        List<CompletableFuture<PostOutcome>> posts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            posts.add(poster.post(ID, MESSAGE));
        }

        for (CompletableFuture<PostOutcome> post : posts) {
            assertThat(outcome(post)).isEqualTo(PostOutcome.FAILED);
        }
    }

    @Test
    void endsWhatIsUnderWayWhenItClosesAndOpensAnew() throws Exception {
        // Given
        CountDownLatch arrived = new CountDownLatch(1);
        ScriptedServer server = server(request -> {
            arrived.countDown();
            return request.connection() == 1 ? null : ScriptedServer.answer(200);
        });
        NettyConnectionPoster poster = poster(server, 1);
        CompletableFuture<PostOutcome> underWay = poster.post(ID, MESSAGE);
        CompletableFuture<PostOutcome> waits = poster.post(ID, MESSAGE);
        await(arrived);

        // When
        poster.close();

        // Then
        assertThat(outcome(underWay)).isEqualTo(PostOutcome.FAILED);
        assertThat(outcome(waits)).isEqualTo(PostOutcome.FAILED);
        assertThat(outcome(poster.post(ID, MESSAGE))).isEqualTo(PostOutcome.DELIVERED);
    }

    @Test
    void tellsWhenAConnectionWasActive() throws Exception {
        String body = "{\"connectedAt\":\"2026-01-02T03:04:05.678Z\",\"identity\":{\"sourceIp\":\"::1\"},"
                + "\"lastActiveAt\":\"2026-01-02T03:05:00Z\"}";
        ScriptedServer server =
                server(request -> "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(poster(server, 1).find(ID).get(10, TimeUnit.SECONDS))
                .contains(new ConnectionActivity(
                        Instant.parse("2026-01-02T03:04:05.678Z"), Instant.parse("2026-01-02T03:05:00Z")));
        assertThat(server.received().getFirst().line()).startsWith("GET /gateway/@connections/");
    }

    @Test
    void findsNothingWhereNoConnectionIs() throws Exception {
        ScriptedServer server = server(request -> ScriptedServer.answer(410));

        assertThat(poster(server, 1).find(ID).get(10, TimeUnit.SECONDS)).isEqualTo(Optional.empty());
    }

    @Test
    void doesNotSayThatAConnectionIsGoneWhenItCannotKnow() throws Exception {
        ScriptedServer server = server(request -> ScriptedServer.answer(500));

        assertThatThrownBy(() -> poster(server, 1).find(ID).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ConnectionLookupException.class);
    }

    private ScriptedServer server(Function<ScriptedServer.Received, Object> script) throws IOException {
        ScriptedServer server = new ScriptedServer(script);
        opened.add(server);
        return server;
    }

    private NettyConnectionPoster poster(ScriptedServer server, int connections) {
        return poster(server.endpoint(), new PosterLimits(1, connections, 10_000, Duration.ofSeconds(10)));
    }

    private NettyConnectionPoster poster(URI endpoint, PosterLimits limits) {
        NettyConnectionPoster poster = new NettyConnectionPoster(endpoint, SIGNER, Clock.systemUTC(), limits);
        opened.add(poster);
        return poster;
    }

    private static PostOutcome outcome(CompletableFuture<PostOutcome> post) throws Exception {
        return post.get(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
