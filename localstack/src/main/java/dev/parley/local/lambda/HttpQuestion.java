package dev.parley.local.lambda;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request to a {@link LoopbackHttpServer}. Thread-safe; who gets the body must not change it. */
public final class HttpQuestion {

    private final String method;
    private final String path;
    private final HttpHeaders headers;
    private final byte[] body;
    private final CompletionStage<Void> gone;

    HttpQuestion(String method, String path, HttpHeaders headers, byte[] body, CompletionStage<Void> gone) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.gone = gone;
    }

    public String method() {
        return method;
    }

    /** The path as it was sent, still encoded, without the query. */
    public String path() {
        return path;
    }

    /** A header's first value, whatever the case of its name. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public byte[] body() {
        return body;
    }

    /** Completes when the client has gone away before the answer. */
    public CompletionStage<Void> gone() {
        return gone;
    }
}
