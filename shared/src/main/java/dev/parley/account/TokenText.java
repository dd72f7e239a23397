package dev.parley.account;

import dev.parley.digest.Sha256;
import dev.parley.snowflake.Snowflake;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The text of tokens: the user's id, a dot, and 256 random bits, each in URL-safe base64. */
final class TokenText {

    private static final int MAX_LENGTH = 200;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private TokenText() {}

    /** A new token of a user. */
    static String generate(Snowflake userId, SecureRandom random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return BASE64.encodeToString(userId.toString().getBytes(StandardCharsets.US_ASCII))
                + "."
                + BASE64.encodeToString(secret);
    }

    /** The token in an {@code Authorization} header or an IDENTIFY, without its scheme; null when it cannot be one. */
    static @Nullable String strip(String text) {
        String token = text.strip();
        for (String scheme : new String[] {"Bot ", "Bearer "}) {
            if (token.regionMatches(true, 0, scheme, 0, scheme.length())) {
                token = token.substring(scheme.length()).strip();
                break;
            }
        }
        return token.isEmpty() || token.length() > MAX_LENGTH ? null : token;
    }

    /** What is stored of a token. */
    static byte[] hash(String token) {
        return Sha256.of(token);
    }
}
