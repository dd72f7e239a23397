package dev.parley.local.apigateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

/**
 * A whole HTTP request.
 *
 * @param path the path as sent, not decoded
 * @param query what follows the question mark, as sent; empty if there is none
 * @param sourceIp the client's address
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
record Request(
        HttpMethod method,
        String protocol,
        String path,
        String query,
        HttpHeaders headers,
        byte[] body,
        String sourceIp) {

    private static final String SCHEME_END = "://";

    /** Takes the target apart; of an absolute one, the host is dropped (RFC 9112, section 3.2.2). */
    static Request of(
            HttpMethod method, String protocol, String target, HttpHeaders headers, byte[] body, String sourceIp) {
        String local = target;
        if (!target.startsWith("/")) {
            int scheme = target.indexOf(SCHEME_END);
            int slash = scheme < 0 ? -1 : target.indexOf('/', scheme + SCHEME_END.length());
            local = slash < 0 ? "/" : target.substring(slash);
        }
        int question = local.indexOf('?');
        String path = question < 0 ? local : local.substring(0, question);
        String query = question < 0 ? "" : local.substring(question + 1);
        return new Request(method, protocol, path, query, headers, body, sourceIp);
    }
}
