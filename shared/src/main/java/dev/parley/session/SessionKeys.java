package dev.parley.session;

import java.util.List;

/** The Redis keys of a session. They share a hash tag, so that one script can use them together. */
final class SessionKeys {

    private SessionKeys() {}

    static String hash(String sessionId) {
        return "session:{" + sessionId + "}";
    }

    static String log(String sessionId) {
        return hash(sessionId) + ":log";
    }

    static String held(String sessionId) {
        return hash(sessionId) + ":held";
    }

    static List<String> all(String sessionId) {
        return List.of(hash(sessionId), log(sessionId), held(sessionId));
    }
}
