package dev.parley.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that ships as a resource.
 *
 * @param source the script's text
 * @param sha1 the digest under which Redis caches it
 */
public record RedisScript(String source, String sha1) {

    /**
     * Reads a script.
     *
     * @param path the resource's path, for example {@code lua/lease_worker.lua}
     * @throws IllegalArgumentException if there is no such resource
     */
    public static RedisScript fromResource(String path) {
        try (InputStream in = RedisScript.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("No script at " + path);
            }
            byte[] bytes = in.readAllBytes();
            String sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
            return new RedisScript(new String(bytes, StandardCharsets.UTF_8), sha1);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the script at " + path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
