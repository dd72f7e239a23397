package dev.parley.local.web;

import dev.parley.local.apigateway.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The client for browsers, and the operator's console: the files of {@code web/src}, which the build puts on the class path.
 *
 * <p>Files are read at each request, so that whoever changes one sees it after a reload; browsers keep what has not changed by
 * its {@code ETag}. Thread-safe.
 */
public final class WebClient implements Site {

    private static final String FOLDER = "/web";
    private static final String FILES = "/client";

    /** Where the client shows something; it reads the rest of the path itself. */
    private static final Pattern PAGE =
            Pattern.compile("/|/(login|register|settings)|/invite/[A-Za-z0-9-]{1,64}|/channels/[@A-Za-z0-9/]{1,64}");

    private static final Pattern CONSOLE = Pattern.compile("/_parley/?");

    /** Nothing in it leads out of the folder: no segment begins with a dot. */
    private static final Pattern FILE =
            Pattern.compile(FILES + "(/[a-z0-9][a-z0-9-]*)*/[a-z0-9][a-z0-9.-]*\\.(js|css|svg)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final String contentSecurityPolicy;

    /**
     * The client of one system.
     *
     * @param gatewayUrl where the gateway is
     * @param filesUrl where links to files lead, and uploads go
     */
    public WebClient(String gatewayUrl, String filesUrl) {
        contentSecurityPolicy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' blob: " + filesUrl,
                "media-src 'self' " + filesUrl,
                "connect-src 'self' " + gatewayUrl + " " + filesUrl,
                "form-action 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'");
    }

    @Override
    public @Nullable Answer find(String path, Map<String, String> headers) {
        if (PAGE.matcher(path).matches()) {
            return file("/index.html", headers);
        }
        if (CONSOLE.matcher(path).matches()) {
            return file("/console.html", headers);
        }
        return FILE.matcher(path).matches() ? file(path.substring(FILES.length()), headers) : null;
    }

    private @Nullable Answer file(String name, Map<String, String> asked) {
        byte[] bytes = read(name);
        if (bytes == null) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        String etag = "W/\"" + hash(bytes) + '"';
        headers.put("etag", etag);
        headers.put("cache-control", "no-cache");
        headers.put("content-security-policy", contentSecurityPolicy);
        headers.put("x-content-type-options", "nosniff");
        headers.put("x-frame-options", "DENY");
        headers.put("referrer-policy", "no-referrer");
        headers.put("cross-origin-opener-policy", "same-origin");
        headers.put("cross-origin-resource-policy", "same-origin");
        headers.put("permissions-policy", "camera=(), geolocation=(), microphone=()");
        headers.put("vary", "accept-encoding");
        if (asked.getOrDefault("if-none-match", "").contains(etag)) {
            return new Answer(304, headers, new byte[0]);
        }
        headers.put("content-type", TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"));
        if (!asked.getOrDefault("accept-encoding", "").contains("gzip")) {
            return new Answer(200, headers, bytes);
        }
        headers.put("content-encoding", "gzip");
        return new Answer(200, headers, zipped(bytes));
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream file = WebClient.class.getResourceAsStream(FOLDER + name)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
