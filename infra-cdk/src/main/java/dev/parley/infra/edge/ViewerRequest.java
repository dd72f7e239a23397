package dev.parley.infra.edge;

import dev.parley.edge.Edge;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The script that the edge runs for every request of a client. */
final class ViewerRequest {

    private static final String RESOURCE = "viewer-request.js";

    private ViewerRequest() {}

    /** Its source, with the names that it shares with the functions. */
    static String source() {
        try (InputStream in = Objects.requireNonNull(ViewerRequest.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("ADDRESS_HEADER", Edge.ADDRESS_HEADER)
                    .replace("GATEWAY_PATH", EdgeAddresses.GATEWAY_PATH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
