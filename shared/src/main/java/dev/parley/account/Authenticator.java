package dev.parley.account;

import org.jspecify.annotations.Nullable;

/** Tells who a token belongs to. Implementations are thread-safe. */
public interface Authenticator {

    /**
     * Looks at a token.
     *
     * @param token the value of {@code Authorization} or of an IDENTIFY, with or without {@code Bot} or {@code Bearer}
     *     before it; any text is safe to pass
     * @return who it belongs to; null when it is unknown, expired or revoked
     */
    @Nullable Principal authenticate(String token);
}
