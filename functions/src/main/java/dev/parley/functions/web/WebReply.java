package dev.parley.functions.web;

import dev.parley.functions.http.HttpReply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a browser that asks for a file.
 *
 * @param status 200, or 304 if it has the file
 * @param headers with lower-case names
 * @param body not to be changed; empty with 304
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record WebReply(int status, Map<String, String> headers, byte[] body) {

    private static final String GZIP = "gzip";

    /**
     * A page.
     *
     * @param own its headers
     * @param ifNoneMatch what the browser has, as it says it; may be empty
     * @param acceptEncoding what it can unpack, as it says it; may be empty
     */
    public static WebReply page(
            WebFiles files, String name, PageHeaders own, String ifNoneMatch, String acceptEncoding) {
        return of(files.page(name), own.headers(), ifNoneMatch, acceptEncoding);
    }

    static WebReply of(WebFile file, Map<String, String> own, String ifNoneMatch, String acceptEncoding) {
        Map<String, String> headers = new LinkedHashMap<>(own);
        headers.put("etag", file.etag());
        headers.put("x-content-type-options", "nosniff");
        headers.put("referrer-policy", "no-referrer");
        headers.put("cross-origin-resource-policy", "same-origin");
        headers.put("vary", "accept-encoding");
        if (ifNoneMatch.contains(file.etag())) {
            return new WebReply(304, headers, new byte[0]);
        }
        headers.put("content-type", file.contentType());
        if (!acceptEncoding.contains(GZIP)) {
            return new WebReply(200, headers, file.bytes());
        }
        headers.put("content-encoding", GZIP);
        return new WebReply(200, headers, file.zipped());
    }

    HttpReply http() {
        return status == 304
                ? HttpReply.notModified(headers)
                : HttpReply.bytes(headers.getOrDefault("content-type", ""), body, headers);
    }
}
