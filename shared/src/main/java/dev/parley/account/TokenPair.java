package dev.parley.account;

/**
 * What a sign-in gives.
 *
 * @param expiresIn seconds until the access token ends
 */
public record TokenPair(String accessToken, String refreshToken, long expiresIn) {

    @Override
    public String toString() {
        return "TokenPair[REDACTED]";
    }
}
