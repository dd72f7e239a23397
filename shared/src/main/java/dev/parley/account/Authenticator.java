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
    default @Nullable Principal authenticate(String token) {
        return authenticate(token, () -> {});
    }

    /**
     * As {@link #authenticate(String)}.
     *
     * @param beforeLookup runs before the store is asked of a token that no cache knows; what it throws is passed on
     */
    @Nullable Principal authenticate(String token, Runnable beforeLookup);

    /**
     * What tells a token apart without giving it away: a SHA-256 in hexadecimal digits.
     *
     * @param token as for {@link #authenticate}
     * @return null when it cannot be a token
     */
    @Nullable String digest(String token);
}
