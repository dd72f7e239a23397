package dev.parley.local.load;

import dev.parley.local.command.ParleyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A whole system in processes of its own, on a free port, with a data folder that is deleted unless it is kept. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern URLS = Pattern.compile("parley is ready: (\\S+) gateway (\\S+)");

    private final ParleyProcess process;
    private final Path data;
    private final String baseUrl;
    private final String gatewayUrl;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::end);
    private boolean kept;

    /**
     * What the system's processes have used of processors since they began.
     *
     * @param parley gateway and functions
     */
    record ProcessorTime(Duration parley, Duration redis, Duration postgres) {

        ProcessorTime minus(ProcessorTime earlier) {
            return new ProcessorTime(
                    parley.minus(earlier.parley), redis.minus(earlier.redis), postgres.minus(earlier.postgres));
        }
    }

    private ServerProcess(ParleyProcess process, Path data, String baseUrl, String gatewayUrl) {
        this.process = process;
        this.data = data;
        this.baseUrl = baseUrl;
        this.gatewayUrl = gatewayUrl;
        // Ctrl-C, in whichever process.
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a system and waits until clients can connect.
     *
     * @param options of {@code ./parley up}, beside the port and the data folder
     */
    static ServerProcess start(String... options) throws InterruptedException {
        Path data;
        try {
            data = Files.createTempDirectory("parley-drill-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return startOn(data, options);
    }

    /** As {@link #start}, on a data folder that is there, empty or with data of an earlier system. */
    static ServerProcess startOn(Path data, String... options) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("up", "--port", "0", "--data", data.toString()));
        command.addAll(List.of(options));
        ParleyProcess process = ParleyProcess.start(command.toArray(String[]::new));
        try {
            process.awaitReady();
        } catch (AssertionError e) {
            process.close();
            deleteFolder(data);
            throw e;
        }
        Matcher urls = URLS.matcher(process.output());
        if (!urls.find()) {
            throw new IllegalStateException("No URLs in " + process.output());
        }
        return new ServerProcess(process, data, urls.group(1), urls.group(2));
    }

    String baseUrl() {
        return baseUrl;
    }

    String gatewayUrl() {
        return gatewayUrl;
    }

    Path data() {
        return data;
    }

    /** Leaves data and logs where they are at the end. */
    void keep() {
        kept = true;
    }

    ProcessorTime processorTime() {
        Duration redis = Duration.ZERO;
        Duration postgres = Duration.ZERO;
        for (ProcessHandle child : process.children()) {
            String program = child.info().command().orElse("");
            Duration used = child.info().totalCpuDuration().orElse(Duration.ZERO);
            if (isRedis(program)) {
                redis = redis.plus(used);
            } else if (program.contains("postgres")) {
                postgres = postgres.plus(used);
            }
        }
        return new ProcessorTime(process.handle().info().totalCpuDuration().orElse(Duration.ZERO), redis, postgres);
    }

    /**
     * Kills Redis without a warning and deletes what it has on its disk. Whoever starts it again finds it empty.
     *
     * @throws IllegalStateException if it does not end within 10 s
     */
    void loseRedis() {
        List<ProcessHandle> servers = process.children().stream()
                .filter(child -> isRedis(child.info().command().orElse("")))
                .toList();
        servers.forEach(ProcessHandle::destroyForcibly);
        if (servers.isEmpty()
                || !Fleet.await(Duration.ofSeconds(10), () -> servers.stream().noneMatch(ProcessHandle::isAlive))) {
            throw new IllegalStateException("Redis could not be killed");
        }
        deleteFolder(data.resolve("redis"));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private static boolean isRedis(String program) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        return name.contains("redis") || name.contains("valkey");
    }

    private void end() {
        process.close();
        if (!kept) {
            deleteFolder(data);
        }
    }

    private static void deleteFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
