package dev.parley.local.apigateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves files to browsers beside the API. Thread-safe; may block. */
@FunctionalInterface
public interface Site {

    /** Has nothing. */
    static Site none() {
        return (path, headers) -> null;
    }

    /**
     * Answers a request to read; null if the site has nothing there, and the API is to answer.
     *
     * @param path the path as sent, not decoded
     * @param headers by lower-case names
     */
    @Nullable Answer find(String path, Map<String, String> headers);

    /**
     * An answer.
     *
     * @param headers without those of the connection
     * @param body not copied, must not change afterwards; empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // written once to the socket, never compared
    record Answer(int status, Map<String, String> headers, byte[] body) {}
}
