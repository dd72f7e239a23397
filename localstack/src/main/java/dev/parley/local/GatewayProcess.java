package dev.parley.local;

import dev.parley.local.store.ChildProcess;
import dev.parley.local.store.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway in a process of its own, which ends with this one however this one ends. One that ends by itself is started again
 * on its port, some times within some minutes at the most. Thread-safe.
 */
final class GatewayProcess implements AutoCloseable {

    /** Starts within {@link #WHILE} that follow an unexpected end; past it something is wrong that a start does not mend. */
    static final int MOST_RESTARTS = 5;

    private static final Duration WHILE = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(GatewayProcess.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Its clients are told, and what goes with that takes some seconds. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final Duration FOREVER = Duration.ofDays(3650);

    /** More options for the processes' JVMs, for whoever profiles them. */
    private static final String JAVA_OPTIONS = "PARLEY_GATEWAY_JAVA_OPTS";

    private final GatewayPlan plan;
    private final String url;
    private final URI page;
    private final StartProgress progress;
    private final Deque<Long> restarts = new ArrayDeque<>();
    private final Object state = new Object();
    private @Nullable ChildProcess running;
    private @Nullable Thread watcher;
    private boolean closing;

    /**
     * A gateway that does not run yet.
     *
     * @param url where clients find it
     * @param baseUrl where it is found from here
     */
    GatewayProcess(GatewayPlan plan, String url, String baseUrl, StartProgress progress) {
        this.plan = plan;
        this.url = url;
        this.page = URI.create(baseUrl + "/metrics");
        this.progress = progress;
    }

    /**
     * Starts it, and returns when clients can connect.
     *
     * @throws LocalCloudException if it does not start
     */
    void start() {
        launch();
        synchronized (state) {
            watcher = Thread.ofVirtual().name("gateway-" + plan.number()).start(this::watch);
        }
    }

    /** Stops it; its clients get close code 1001. */
    @Override
    public void close() {
        ChildProcess child;
        Thread watching;
        synchronized (state) {
            closing = true;
            child = running;
            watching = watcher;
        }
        if (watching != null) {
            watching.interrupt();
        }
        if (child != null) {
            child.stop();
        }
    }

    private void watch() {
        try {
            ChildProcess child = current();
            while (child != null) {
                if (!child.awaitExit(FOREVER)) {
                    return; // interrupted
                }
                child = isClosing() ? null : again(child);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it after an unexpected end; null when it is not to be started any more. */
    private @Nullable ChildProcess again(ChildProcess ended) throws InterruptedException {
        log.error("Gateway {} (process {}) has ended: {}", plan.number(), ended.pid(), ended.outputTail());
        tell("gateway " + plan.number() + " (process " + ended.pid() + ") has ended; starting it again");
        while (mayRestart()) {
            Thread.sleep(PAUSE);
            try {
                launch();
                return current();
            } catch (LocalCloudException e) {
                if (isClosing()) {
                    return null;
                }
                log.error("Gateway {} did not start again", plan.number(), e);
            }
        }
        tell("gateway " + plan.number()
                + " has ended too often and stays away; clients that get its address find nobody." + " Its log is "
                + plan.log() + "; stop parley and start it again");
        return null;
    }

    private boolean mayRestart() {
        long now = System.nanoTime();
        while (!restarts.isEmpty() && now - restarts.peekFirst() > WHILE.toNanos()) {
            restarts.removeFirst();
        }
        restarts.addLast(now);
        return restarts.size() <= MOST_RESTARTS;
    }

    private void launch() {
        ChildProcess child;
        synchronized (state) {
            if (closing) {
                throw new LocalCloudException("Gateway " + plan.number() + " is not to run any more");
            }
            child = ChildProcess.start(
                    "gateway " + plan.number(),
                    command(),
                    Map.of("CLASSPATH", System.getProperty("java.class.path"), GatewayPlan.VARIABLE, plan.text()),
                    Path.of("").toAbsolutePath(),
                    StopSignal.TERM,
                    GRACE);
            running = child;
        }
        awaitReady(child);
        tell("gateway " + plan.number() + " is " + url + ", process " + child.pid());
    }

    /** Some 17,000 connections fit; four of these and the clients of a load test fit on a machine with 24 GiB. */
    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // A large young generation is collected seldom; metaspace and code cache collect the whole heap while
                // they grow.
                "-Xms256m",
                "-Xmn160m",
                "-Xmx1g",
                "-XX:MetaspaceSize=128m",
                "-XX:SweeperThreshold=60",
                "-XX:MaxDirectMemorySize=256m",
                "-Dlog4j2.configurationFile=classpath:parley-local-log4j2.xml"));
        String level = System.getProperty("parley.log.level");
        if (level != null) {
            command.add("-Dparley.log.level=" + level);
        }
        String more = System.getenv(JAVA_OPTIONS);
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+", -1)));
        }
        command.add(GatewayMain.class.getName());
        return command;
    }

    private void awaitReady(ChildProcess child) {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            while (true) {
                boolean answers = answers(http);
                if (!child.isAlive()) {
                    child.awaitExit(ANSWER);
                    throw new LocalCloudException("Gateway " + plan.number() + " did not start: " + child.outputTail());
                }
                if (answers) {
                    return;
                }
                if (isClosing() || System.nanoTime() > end) {
                    throw new LocalCloudException(
                            "Gateway " + plan.number() + " did not answer within " + LONGEST_START.toSeconds() + " s");
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted", e);
        } catch (LocalCloudException e) {
            child.stop();
            throw e;
        }
    }

    private boolean answers(HttpClient http) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(page).timeout(ANSWER).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            log.debug("Gateway {} does not answer yet", plan.number(), e);
            return false;
        }
    }

    private @Nullable ChildProcess current() {
        synchronized (state) {
            return running;
        }
    }

    private boolean isClosing() {
        synchronized (state) {
            return closing;
        }
    }

    private void tell(String line) {
        log.info(line);
        synchronized (progress) {
            progress.happened(line);
        }
    }
}
