package dev.parley.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.InvalidJsonException;
import dev.parley.protocol.Json;
import dev.parley.settings.InvalidSettingException;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands between clients and the APIs, if anything does: a content delivery network, which passes on the client's address
 * and proves with a secret that a request came through it.
 *
 * <p>Without a secret nothing is there: all requests are admitted, and what a client says of its own address is ignored.
 *
 * <p>Immutable and thread-safe.
 */
public final class Edge {

    /** The header that holds the secret. The edge sets it and overwrites a client's own. */
    public static final String PROOF_HEADER = "x-parley-edge";

    /** The header that holds the client's address. The edge sets it and overwrites a client's own. */
    public static final String ADDRESS_HEADER = "x-parley-viewer";

    private static final String CURRENT = "current";
    private static final String PREVIOUS = "previous";

    /** Shorter ones could be guessed. */
    private static final int MIN_SECRET_CHARS = 32;

    private final List<String> accepted;

    /**
     * The edge that {@link Setting#EDGE_SECRET} describes.
     *
     * @throws InvalidSettingException if the setting cannot be read
     */
    public Edge(Settings settings) {
        accepted = accepted(settings.secret(Setting.EDGE_SECRET).value());
    }

    /** Whether a request came through the edge, or none is there. */
    public boolean admits(@Nullable Map<String, String> headers) {
        return accepted.isEmpty() || isProven(headers);
    }

    /**
     * The client's address.
     *
     * @param headers the request's, in any case
     * @param peer the address that the request came from: the client's own, or the edge's
     */
    public String address(@Nullable Map<String, String> headers, String peer) {
        if (!isProven(headers)) {
            return peer;
        }
        String told = header(headers, ADDRESS_HEADER);
        return told != null && isAddress(told) ? told : peer;
    }

    /** What a request that comes through the edge has besides, for requests of the system to itself. */
    public Map<String, String> proof() {
        return accepted.isEmpty() ? Map.of() : Map.of(PROOF_HEADER, accepted.getFirst());
    }

    private boolean isProven(@Nullable Map<String, String> headers) {
        String given = header(headers, PROOF_HEADER);
        if (given == null) {
            return false;
        }
        boolean proven = false;
        for (String secret : accepted) {
            // All are compared, each in the same time whatever is given, so that no answer's time tells of them.
            proven |= MessageDigest.isEqual(
                    secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        }
        return proven;
    }

    private static boolean isAddress(String text) {
        if (text.isEmpty()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** HTTP APIs write names in lower case, WebSocket APIs as they came. */
    private static @Nullable String header(@Nullable Map<String, String> headers, String name) {
        if (headers == null) {
            return null;
        }
        String exact = headers.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().toLowerCase(Locale.ROOT).equals(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    private static List<String> accepted(String setting) {
        if (setting.isEmpty()) {
            return List.of();
        }
        JsonNode secrets;
        try {
            secrets = Json.parse(setting);
        } catch (InvalidJsonException e) {
            throw new InvalidSettingException(Setting.EDGE_SECRET, "is not JSON");
        }
        List<String> accepted = new ArrayList<>();
        for (String name : List.of(CURRENT, PREVIOUS)) {
            String secret = secrets.path(name).asText();
            if (!secret.isEmpty() && secret.length() < MIN_SECRET_CHARS) {
                throw new InvalidSettingException(
                        Setting.EDGE_SECRET,
                        "has a " + name + " value of less than " + MIN_SECRET_CHARS + " characters");
            }
            if (!secret.isEmpty()) {
                accepted.add(secret);
            }
        }
        if (secrets.path(CURRENT).asText().isEmpty()) {
            throw new InvalidSettingException(Setting.EDGE_SECRET, "has no current value");
        }
        return List.copyOf(accepted);
    }
}
