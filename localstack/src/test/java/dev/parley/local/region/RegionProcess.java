package dev.parley.local.region;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.DatabaseAccess;
import dev.parley.local.command.ParleyProcess;
import dev.parley.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of two Regions, with its gateway, functions, queues and Redis in processes of its own, which can be stopped, lost, and
 * started again where it was. One thread at a time, but for {@link #close}.
 */
public final class RegionProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration LONGEST_DEATH = Duration.ofSeconds(10);

    private final Path file;
    private final ObjectNode description;
    private final int port;
    private volatile @Nullable ParleyProcess process;

    /**
     * A Region that does not run yet. It begins as the home when it is the first.
     *
     * @param folder what is its own, with what it keeps
     * @param first whether it is the Region that was there first
     * @param settings settings that differ from the local ones, by the names of their environment variables
     */
    public RegionProcess(
            Path folder,
            boolean first,
            int queuesPort,
            int otherQueuesPort,
            DatabaseAccess database,
            Map<String, String> settings) {
        port = ParleyProcess.freePort();
        file = folder.resolve("region.json");
        description = Json.object()
                .put("first", first)
                .put("home", first)
                .put("port", port)
                .put("data", folder.resolve("data").toString())
                .put("queues_port", queuesPort)
                .put("other_queues_port", otherQueuesPort);
        use(database);
        ObjectNode changed = description.putObject("settings");
        settings.forEach(changed::put);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits until clients can connect. */
    public void start() throws InterruptedException {
        try {
            // It has the database's password.
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, Json.bytes(description));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ParleyProcess started = ParleyProcess.start(RegionMain.class, file.toString());
        process = started;
        started.awaitReady();
    }

    /** Starts it where it puts all events into order, or where it does not. */
    public void startAs(boolean home) throws InterruptedException {
        description.put("home", home);
        start();
    }

    /** From its next start on, it finds the database there. */
    public void use(DatabaseAccess database) {
        description
                .putObject("database")
                .put("url", database.jdbcUrl())
                .put("user", database.user())
                .put("password", database.password().value());
    }

    /** Stops it as a service manager would. What its queues held is lost; its Redis keeps what it has. */
    public void stop() throws InterruptedException {
        ParleyProcess running = running();
        running.terminate();
        running.awaitExit();
    }

    /**
     * Kills all that runs in it, without a warning, as the loss of the Region would.
     *
     * @throws IllegalStateException if something of it still runs after 10 s
     */
    public void kill() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(running().children());
        all.add(running().handle());
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(LONGEST_DEATH.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("A Region could not be killed", e);
        }
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    public String baseUrl() {
        return "http://localhost:" + port;
    }

    public String gatewayUrl() {
        return "ws://localhost:" + port + "/gateway";
    }

    /** The messages in a queue, those in flight included. */
    long depth(String queue) {
        String page;
        try {
            page = HTTP.send(
                            HttpRequest.newBuilder(URI.create(baseUrl() + "/metrics"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Matcher line = Pattern.compile("(?m)^queue_messages\\{queue=\"" + Pattern.quote(queue) + "\"[^}]*\\} ([0-9.]+)")
                .matcher(page);
        if (!line.find()) {
            throw new AssertionError("No queue " + queue + " in " + page);
        }
        return (long) Double.parseDouble(line.group(1));
    }

    /** Ends it in good order, and after 20 s by force. */
    @Override
    public void close() {
        ParleyProcess running = process;
        if (running != null) {
            running.close();
        }
    }

    private ParleyProcess running() {
        return Objects.requireNonNull(process, "not started");
    }
}
