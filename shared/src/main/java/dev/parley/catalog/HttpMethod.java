package dev.parley.catalog;

/** The HTTP methods that routes use. */
public enum HttpMethod {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
