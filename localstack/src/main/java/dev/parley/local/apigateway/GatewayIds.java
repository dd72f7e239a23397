package dev.parley.local.apigateway;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ids in API Gateway's shapes. A connection id and an extended request id are 11 bytes in URL-safe base64: 15 characters
 * and {@code =}, for example {@code R0oXAdfD0kwCH6w=}.
 *
 * <p>Thread-safe.
 */
final class GatewayIds {

    private static final int BYTES = 11;
    private static final int LENGTH = 16;

    private final SecureRandom random = new SecureRandom();
    private final @Nullable GatewayMark mark;

    /** @param mark what all connection ids have in common; null for nothing */
    GatewayIds(@Nullable GatewayMark mark) {
        this.mark = mark;
    }

    /** An id that cannot be guessed: 88 random bits, or 82 with a mark. */
    String connectionId() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        if (mark != null) {
            mark.put(bytes);
        }
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** An id for logs; it need not be hard to guess. */
    String extendedRequestId() {
        byte[] bytes = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** The id of a call of {@code @connections}, as {@code x-amzn-RequestId} carries it. */
    String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Whether a text has the shape of a connection id. */
    static boolean isConnectionId(String text) {
        if (text.length() != LENGTH || text.charAt(LENGTH - 1) != '=') {
            return false;
        }
        for (int i = 0; i < LENGTH - 1; i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '-' && c != '_' && c != '+' && c != '/') {
                return false;
            }
        }
        return true;
    }
}
