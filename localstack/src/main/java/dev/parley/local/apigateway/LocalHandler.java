package dev.parley.local.apigateway;

/** Answers every request to one path of the local cloud that is no route of an API. Thread-safe; may block. */
@FunctionalInterface
public interface LocalHandler {

    /**
     * Answers a request.
     *
     * @param method the HTTP method
     * @param body up to 10 MB; must not be changed
     */
    LocalAnswer answer(String method, byte[] body);
}
