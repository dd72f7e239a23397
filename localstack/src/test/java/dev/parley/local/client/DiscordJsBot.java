package dev.parley.local.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A discord.js bot in a Node process. One thread at a time. */
public final class DiscordJsBot implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private DiscordJsBot(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /** Starts the bot; it logs in by itself. */
    public static DiscordJsBot start(String baseUrl, String token) throws IOException, InterruptedException {
        ProcessBuilder node = new ProcessBuilder(List.of("node", "discordjs.mjs"))
                .directory(NodeProject.installed().toFile())
                .redirectErrorStream(true);
        node.environment().put("BASE_URL", baseUrl);
        node.environment().put("TOKEN", token);
        return new DiscordJsBot(node.start());
    }

    /** The next line that begins so; lines before it are left out. */
    public String await(String beginning) throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            String line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("discord.js did not print \"" + beginning + "\", but:\n" + seen);
            }
            if (line.startsWith(beginning)) {
                return line;
            }
            seen.append(line).append('\n');
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add("closed " + e.getMessage());
        }
    }
}
