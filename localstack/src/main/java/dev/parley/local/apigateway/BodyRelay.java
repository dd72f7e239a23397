package dev.parley.local.apigateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the API and takes requests whose bodies are larger than the API does. Thread-safe; only {@link #relay}
 * may block.
 */
public interface BodyRelay {

    /** Takes nothing. */
    static BodyRelay none() {
        return new BodyRelay() {
            @Override
            public int maxBytes(String method, String path, @Nullable String contentType) {
                return 0;
            }

            @Override
            public Answer relay(String method, String target, Map<String, String> headers, byte[] body) {
                throw new IllegalStateException("Nothing is relayed");
            }
        };
    }

    /** How large a request's body may be for the relay to take it; 0 if the relay has nothing to do with such requests. */
    int maxBytes(String method, String path, @Nullable String contentType);

    /**
     * Answers a request whose body is {@link ApiGateway#LARGE_BODY} or larger, on a thread that may wait.
     *
     * @param target path and query
     * @param headers by lower-case names
     * @param body must not be changed
     */
    Answer relay(String method, String target, Map<String, String> headers, byte[] body);

    /**
     * An answer.
     *
     * @param headers without those of the connection
     * @param body not copied, must not change afterwards
     */
    @SuppressWarnings("ArrayRecordComponent") // written once to the socket, never compared
    record Answer(int status, Map<String, String> headers, byte[] body) {}
}
