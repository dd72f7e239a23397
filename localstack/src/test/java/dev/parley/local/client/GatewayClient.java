package dev.parley.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.protocol.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A plain gateway client that shows every frame. One thread at a time. */
public final class GatewayClient implements AutoCloseable {

    /** Long enough for a loaded machine; what is there is taken at once. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(DEADLINE).build();

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Duration patience;
    private final WebSocket socket;

    private GatewayClient(String url, Duration patience) {
        this.patience = patience;
        socket = HTTP.newWebSocketBuilder()
                .connectTimeout(patience)
                .buildAsync(URI.create(url + "?v=10&encoding=json"), new Listener())
                .join();
    }

    /** Connects and says nothing. */
    public static GatewayClient connect(String gatewayUrl) {
        return new GatewayClient(gatewayUrl, DEADLINE);
    }

    /**
     * Connects and says nothing.
     *
     * @param patience how long it waits for the connection and for each frame
     */
    public static GatewayClient connect(String gatewayUrl, Duration patience) {
        return new GatewayClient(gatewayUrl, patience);
    }

    /** Connects, identifies, and waits for READY, which it leaves out. */
    public static GatewayClient ready(String gatewayUrl, String token, long intents) {
        GatewayClient client = connect(gatewayUrl);
        client.awaitOp(10);
        client.identify(token, intents);
        client.awaitDispatch("READY");
        return client;
    }

    public void identify(String token, long intents) {
        ObjectNode data = Json.object();
        data.put("token", token);
        data.put("intents", intents);
        data.putObject("properties").put("os", "test");
        send(2, data);
    }

    public void resume(String token, String sessionId, long seq) {
        ObjectNode data = Json.object();
        data.put("token", token);
        data.put("session_id", sessionId);
        data.put("seq", seq);
        send(6, data);
    }

    public void send(int op, @Nullable JsonNode data) {
        ObjectNode frame = Json.object();
        frame.put("op", op);
        frame.set("d", data);
        sendText(Json.text(frame));
    }

    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** The next frame. */
    public JsonNode next() {
        return await(frame -> true, "a frame");
    }

    /** The next frame with an opcode; frames before it are left out. */
    public JsonNode awaitOp(int op) {
        return await(frame -> frame.path("op").asInt() == op, "op " + op);
    }

    /** The next dispatch of a type; frames before it are left out. */
    public JsonNode awaitDispatch(String type) {
        return await(frame -> frame.path("t").asText().equals(type), type);
    }

    /** The next message whose content is this; frames before it are left out. */
    public JsonNode awaitMessage(String content) {
        return await(
                frame -> frame.path("t").asText().equals("MESSAGE_CREATE")
                        && frame.path("d").path("content").asText().equals(content),
                "the message " + content);
    }

    /** Frames that have come and were not looked at. */
    public BlockingQueue<JsonNode> frames() {
        return frames;
    }

    /** The code that the server closed with. */
    public int awaitClose() throws Exception {
        return closed.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Closes with a code. */
    public void close(int code) {
        socket.sendClose(code, "").join();
    }

    /** Ends the connection without a word. */
    public void cut() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private JsonNode await(Predicate<JsonNode> wanted, String what) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            JsonNode frame = poll(deadline - System.nanoTime());
            if (frame == null) {
                throw new AssertionError("No " + what + " within " + patience.toSeconds() + " s");
            }
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }

    private @Nullable JsonNode poll(long nanos) {
        try {
            return frames.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                frames.add(Json.parse(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
