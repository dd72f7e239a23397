package dev.parley.local.load;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Looks at the memory of a local cloud's Redis, twenty times a second. Thread-safe. */
final class RedisProbe implements AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final Thread sampler;
    private volatile long peak;
    private volatile boolean closed;

    /**
     * Connects to the Redis whose files are in a data folder.
     *
     * @throws IllegalStateException if there is none
     */
    RedisProbe(Path data) {
        String configuration = configuration(data);
        RedisURI uri = RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(Integer.parseInt(setting(configuration, "port")))
                .withPassword(setting(configuration, "requirepass").toCharArray())
                .build();
        client = RedisClient.create(uri);
        connection = client.connect();
        sampler = Thread.ofPlatform().daemon().name("redis-probe").start(() -> {
            while (!closed) {
                peak = Math.max(peak, used());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        });
    }

    /** Bytes that Redis has allocated now. */
    long used() {
        return connection
                .sync()
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** Bytes that Redis had allocated at the most, as far as was seen. */
    long peak() {
        return peak;
    }

    /** Bytes that all keys of a session take; 0 when it has none. */
    long ofSession(String sessionId) {
        return connection.sync().keys("*{" + sessionId + "}*").stream()
                .mapToLong(key ->
                        Optional.ofNullable(connection.sync().memoryUsage(key)).orElse(0L))
                .sum();
    }

    @Override
    public void close() {
        closed = true;
        try {
            sampler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.shutdown();
    }

    private static String configuration(Path data) {
        try (Stream<Path> files =
                Files.find(data.resolve("redis"), 3, (file, attributes) -> file.endsWith("redis.conf"))) {
            return Files.readString(files.findFirst().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String setting(String configuration, String name) {
        return configuration
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
