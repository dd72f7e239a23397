package dev.parley.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The Redis cluster that sessions, caches and rate limits live in: one connection a node, opened at the first use and
 * shared by all threads, on which commands are pipelined.
 *
 * <p>Every command ends within the timeout. While the cluster is away commands fail at once instead of queueing.
 *
 * <p>Thread-safe.
 */
public final class Redis implements AutoCloseable {

    private static final int MOST_PER_FLUSH = 256;
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final RedisURI uri;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Connected connected;

    // Guarded by the lock.
    private @Nullable Failed failed;

    private record Failed(long atNanos, Throwable cause) {}

    private volatile boolean halted;

    /** After a try to connect that failed, others fail at once for so long. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Between two tries to reconnect; by default a client that was away for a minute would wait for half of one more. */
    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(1);

    private record Connected(
            ClientResources resources,
            RedisClusterClient client,
            StatefulRedisClusterConnection<String, String> connection) {

        private void close() {
            connection.close();
            shutdown(client, resources);
        }
    }

    /**
     * A cluster that is not connected to yet.
     *
     * @param uri where one of its nodes is
     * @param timeout the longest a command may take
     */
    public Redis(RedisURI uri, Duration timeout) {
        this.uri = uri;
        this.timeout = timeout;
    }

    /**
     * The cluster's commands, for pipelining. Opens the connection when there is none.
     *
     * @throws RedisUnavailableException if no node answers, or after {@link #halt()}
     */
    public RedisAdvancedClusterAsyncCommands<String, String> commands() {
        Connected current = connected;
        return (current == null ? connect() : current).connection().async();
    }

    /** Runs a script whose answer is an integer. */
    public CompletionStage<Long> runLong(RedisScript script, List<String> keys, String... args) {
        return run(script, ScriptOutputType.INTEGER, keys, args);
    }

    /** Runs a script whose answer is a text. */
    public CompletionStage<String> runText(RedisScript script, List<String> keys, String... args) {
        return run(script, ScriptOutputType.VALUE, keys, args);
    }

    /** Runs a script whose answer is a list; its elements are strings, integers (as {@link Long}) or nulls. */
    public CompletionStage<List<Object>> runList(RedisScript script, List<String> keys, String... args) {
        return run(script, ScriptOutputType.MULTI, keys, args);
    }

    /**
     * Waits for an answer.
     *
     * @throws RedisUnavailableException if it does not come in time, or Redis cannot be reached
     */
    public <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(timeout.toMillis() + 100, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /**
     * Waits for an answer that may be nil.
     *
     * @throws RedisUnavailableException as {@link #await}
     */
    public <T> @Nullable T awaitNullable(CompletionStage<T> stage) {
        return await(stage);
    }

    /** Closes the connections; the next command opens new ones. */
    @Override
    public void close() {
        lock.lock();
        try {
            Connected current = connected;
            connected = null;
            if (current != null) {
                current.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connections for good: what is under way fails, and so does every command from now on. */
    public void halt() {
        halted = true;
        close();
    }

    private <T> CompletionStage<T> run(RedisScript script, ScriptOutputType type, List<String> keys, String... args) {
        String[] keyArray = keys.toArray(String[]::new);
        RedisAdvancedClusterAsyncCommands<String, String> commands;
        try {
            commands = commands();
        } catch (RedisUnavailableException e) {
            return CompletableFuture.failedFuture(e);
        }
        return commands.<T>evalsha(script.sha1(), type, keyArray, args).exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof RedisNoScriptException) {
                return commands.<T>eval(script.source(), type, keyArray, args);
            }
            return CompletableFuture.failedFuture(cause == null ? failure : cause);
        });
    }

    private Connected connect() {
        if (!lockInTime()) {
            throw unavailable(new IllegalStateException("Others are connecting"));
        }
        try {
            Connected current = connected;
            if (current != null) {
                return current;
            }
            if (halted) {
                throw unavailable(new IllegalStateException("Halted"));
            }
            Failed before = failed;
            if (before != null && System.nanoTime() - before.atNanos() < PAUSE.toNanos()) {
                // All who waited for the one that failed would fail one after the other.
                throw unavailable(before.cause());
            }
            return open();
        } finally {
            lock.unlock();
        }
    }

    private Connected open() {
        ClientResources resources = resources();
        RedisClusterClient client = RedisClusterClient.create(resources, uri);
        try {
            client.setOptions(options());
            Connected opened = new Connected(resources, client, client.connect(StringCodec.UTF8));
            openNodes(opened.connection());
            connected = opened;
            failed = null;
            return opened;
        } catch (RedisException | RedisUnavailableException e) {
            // Not waited for: it takes longer than another try.
            var _ = client.shutdownAsync(0, 2, TimeUnit.SECONDS).whenComplete((done, failure) -> {
                var _ = resources.shutdown(0, 2, TimeUnit.SECONDS);
            });
            failed = new Failed(System.nanoTime(), e);
            throw unavailable(e);
        }
    }

    private boolean lockInTime() {
        try {
            return lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Commands that are asked for at the same time leave with one system call, and Redis reads them with one. */
    private static ClientResources resources() {
        return ClientResources.builder()
                .reconnectDelay(
                        Delay.fullJitter(Duration.ofMillis(20), LONGEST_RECONNECT_DELAY, 20, TimeUnit.MILLISECONDS))
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        channel.pipeline()
                                .addBefore(
                                        channel.pipeline()
                                                .context(CommandEncoder.class)
                                                .name(),
                                        "flush-consolidation",
                                        new FlushConsolidationHandler(MOST_PER_FLUSH, true));
                    }
                })
                .build();
    }

    private static void shutdown(RedisClusterClient client, ClientResources resources) {
        client.shutdown(Duration.ZERO, SHUTDOWN);
        var _ = resources
                .shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(SHUTDOWN.toMillis());
    }

    /** A node's first command would be rejected while its connection is being opened. */
    private void openNodes(StatefulRedisClusterConnection<String, String> connection) {
        for (RedisClusterNode node : connection.getPartitions()) {
            RedisURI address = node.getUri();
            if (node.is(RedisClusterNode.NodeFlag.UPSTREAM)) {
                await(connection.getConnectionAsync(address.getHost(), address.getPort()));
            }
        }
    }

    private ClusterClientOptions options() {
        return ClusterClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .validateClusterNodeMembership(false)
                .build();
    }

    private static RedisUnavailableException unavailable(Throwable cause) {
        return cause instanceof RedisUnavailableException already
                ? already
                : new RedisUnavailableException(
                        "Redis did not answer: " + cause.getClass().getSimpleName(), cause);
    }
}
