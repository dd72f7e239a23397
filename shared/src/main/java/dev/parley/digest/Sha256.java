package dev.parley.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of what fits into memory, for names, keys and what is stored of tokens. It is no way to store a password, and a
 * comparison with a secret belongs to {@link MessageDigest#isEqual}. Safe for use by several threads.
 */
public final class Sha256 {

    private Sha256() {}

    /** The 32 bytes of a digest. */
    public static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    /** The 32 bytes of the digest of a text in UTF-8. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The 64 hexadecimal digits, in lower case, of the digest of a text in UTF-8. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }

    /**
     * The beginning of a digest, to name content by.
     *
     * @param length in bytes, from 1 to 32
     * @return two hexadecimal digits for each byte, in lower case
     */
    public static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(of(bytes), 0, length);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
