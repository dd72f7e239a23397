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
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One of two Regions, which can be stopped and started again where it was. One thread at a time. */
final class RegionProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Path file;
    private final ObjectNode description;
    private final int port;
    private @Nullable ParleyProcess process;

    /**
     * A Region that does not run yet.
     *
     * @param folder what is its own, with what it keeps
     */
    RegionProcess(Path folder, boolean home, int queuesPort, int otherQueuesPort, DatabaseAccess database) {
        port = ParleyProcess.freePort();
        file = folder.resolve("region.json");
        description = Json.object()
                .put("home", home)
                .put("port", port)
                .put("data", folder.resolve("data").toString())
                .put("queues_port", queuesPort)
                .put("other_queues_port", otherQueuesPort);
        description
                .putObject("database")
                .put("url", database.jdbcUrl())
                .put("user", database.user())
                .put("password", database.password().value());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits until clients can connect. */
    void start() throws InterruptedException {
        try {
            Files.write(file, Json.bytes(description));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = ParleyProcess.start(RegionMain.class, file.toString());
        process.awaitReady();
    }

    /** Starts it where it puts all events into order, or where it does not. */
    void startAs(boolean home) throws InterruptedException {
        description.put("home", home);
        start();
    }

    /** Stops it as a service manager would. What its queues held is lost; its Redis keeps what it has. */
    void stop() throws InterruptedException {
        ParleyProcess running = Objects.requireNonNull(process, "not started");
        running.terminate();
        running.awaitExit();
    }

    String baseUrl() {
        return "http://localhost:" + port;
    }

    String gatewayUrl() {
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

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
