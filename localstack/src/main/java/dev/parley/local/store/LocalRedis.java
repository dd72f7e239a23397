package dev.parley.local.store;

import dev.parley.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A Redis server in cluster mode with one node, so that a command over two slots fails here as it does on a real
 * cluster. Listens on 127.0.0.1 alone and asks for a password that is new at each start. Thread-safe.
 *
 * <p>Writes reach the disk every second: a crash of this process loses none of them, one of the machine the last
 * second's. It ends with this JVM.
 */
public final class LocalRedis implements LocalServer, AutoCloseable {

    private static final String NAME = "redis";
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int START_ATTEMPTS = 3;

    /** Redis Cluster specification: the bus port is the client port plus 10000; only Redis 7 can set another. */
    private static final int BUS_DISTANCE = 10_000;

    private volatile ChildProcess process;
    private volatile HeldPorts held = HeldPorts.of();
    private final Path home;
    private final RedisBinary binary;
    private final int port;
    private final Secret password;

    private LocalRedis(ChildProcess process, Path home, RedisBinary binary, int port, Secret password) {
        this.process = process;
        this.home = home;
        this.binary = binary;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server and waits until it takes writes. Gives up after three attempts of 10 s.
     *
     * @param folder where its data is and stays; one server at a time
     * @param cache where the Redis that comes with Parley is unpacked if the PATH has none
     * @throws LocalStoreException if it does not start, with the end of its log
     */
    public static LocalRedis start(Path folder, BinaryCache cache) {
        return start(folder, RedisBinary.find(cache));
    }

    static LocalRedis start(Path folder, RedisBinary binary) {
        return start(folder, binary, ClusterStart.TAKEOVER);
    }

    static LocalRedis start(Path folder, RedisBinary binary, ClusterStart firstWay) {
        Path home = folder.resolve(binary.product() + "-" + binary.major());
        Secret password = randomPassword();
        for (int attempt = 1; ; attempt++) {
            int port = LoopbackPorts.freePair(BUS_DISTANCE);
            ClusterStart clusterStart = attempt == 1 ? firstWay : ClusterStart.WAIT;
            ChildProcess process = launch(home, binary, port, password, clusterStart);
            LocalRedis redis = new LocalRedis(process, home, binary, port, password);
            try {
                redis.awaitReady(clusterStart);
                return redis;
            } catch (LocalStoreException e) {
                // The port may have gone to another program, or this server may not take the short way.
                redis.close();
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Where it listens, with its password: never print it. */
    public String uri() {
        return "redis://:" + password.value() + "@127.0.0.1:" + port;
    }

    /** The server's version, such as {@code 7.0.15}. */
    public String version() {
        return binary.version();
    }

    public long processId() {
        return process.pid();
    }

    /**
     * What the server says of itself (Redis, "INFO"), by field; waits 2 s for it at the most.
     *
     * @throws IOException if it does not answer
     */
    public Map<String, String> info() throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (RespConnection connection = new RespConnection(port, COMMAND_TIMEOUT)) {
            connection.call("AUTH", password.value());
            for (String line : connection.call("INFO").lines().toList()) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 1));
                }
            }
        }
        return fields;
    }

    /** Redis writes all to its file when it is asked to stop, and syncs it. */
    @Override
    public void stop() {
        process.stop();
        held = HeldPorts.of(port, port + BUS_DISTANCE);
    }

    @Override
    public void startAgain() {
        held.close();
        for (int attempt = 1; ; attempt++) {
            ClusterStart clusterStart = attempt == 1 ? ClusterStart.TAKEOVER : ClusterStart.WAIT;
            process = launch(home, binary, port, password, clusterStart);
            try {
                awaitReady(clusterStart);
                return;
            } catch (LocalStoreException e) {
                process.stop();
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Pause pause() {
        return process.pause();
    }

    /** Stops the server in good order, and kills it after 10 s. Its data stays. */
    @Override
    public void close() {
        held.close();
        process.stop();
    }

    private static ChildProcess launch(
            Path home, RedisBinary binary, int port, Secret password, ClusterStart clusterStart) {
        try {
            PrivateFiles.createFolder(home);
            StaleProcess.stop(home.resolve("redis.pid"), binary.product(), StopSignal.TERM);
            PrivateFiles.write(home.resolve("redis.conf"), configuration(port, password));
            PrivateFiles.write(home.resolve("nodes.conf"), clusterStart.nodes(port, port + BUS_DISTANCE));
        } catch (IOException e) {
            throw new LocalStoreException("The folder of Redis cannot be written: " + e.getMessage(), e);
        }
        // The configuration is in a file, because others can see a command line.
        return ChildProcess.start(NAME, List.of(binary.program(), "redis.conf"), home, StopSignal.TERM, STOP_GRACE);
    }

    private static String configuration(int port, Secret password) {
        return """
                bind 127.0.0.1
                protected-mode yes
                port %d
                requirepass %s
                daemonize no
                pidfile redis.pid
                cluster-enabled yes
                cluster-config-file nodes.conf
                cluster-announce-ip 127.0.0.1
                cluster-require-full-coverage no
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory 1gb
                maxmemory-policy noeviction
                """.formatted(port, password.value());
    }

    private void awaitReady(ClusterStart clusterStart) {
        long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
        String state = "no answer";
        while (System.nanoTime() < deadline) {
            if (process.awaitExit(POLL)) {
                throw new LocalStoreException("Redis ended while it started:\n" + process.outputTail());
            }
            try (RespConnection connection = new RespConnection(port, COMMAND_TIMEOUT)) {
                state = connection.call("AUTH", password.value());
                if (state.equals("OK")) {
                    state = clusterStart.finish(connection);
                }
                if (state.equals("OK")) {
                    state = connection.call("SET", "parley:started", "1", "PX", "1");
                }
                if (state.equals("OK")) {
                    return;
                }
            } catch (IOException e) {
                state = String.valueOf(e.getMessage());
            }
        }
        throw new LocalStoreException("Redis was not ready within " + READY_TIMEOUT.toSeconds() + " s (" + state
                + "):\n" + process.outputTail());
    }

    private static Secret randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return new Secret(HexFormat.of().formatHex(random));
    }
}
