package dev.parley.local.client;

import dev.parley.local.LocalCloud;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A bot in a process of its own, which prints its lines and ends when its input does. */
public final class ScriptedBot implements Bot {

    private static final int GOODBYE_SECONDS = 5;

    private final Process process;
    private final BotLines lines;

    private ScriptedBot(Process process, BotLines lines) {
        this.process = process;
        this.lines = lines;
        Thread.ofVirtual().start(this::read);
    }

    /**
     * Starts a bot.
     *
     * @param token without a scheme before it
     */
    static ScriptedBot start(String library, List<String> command, Path folder, LocalCloud cloud, String token)
            throws IOException {
        ProcessBuilder script =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        script.environment().put("BASE_URL", cloud.baseUrl());
        script.environment().put("GATEWAY_URL", cloud.gatewayUrl());
        script.environment().put("TOKEN", token);
        return new ScriptedBot(script.start(), new BotLines(library));
    }

    @Override
    public List<String> awaitAll(String beginning) {
        return lines.awaitAll(beginning);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            lines.add("closed " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("closed " + e.getMessage());
        } finally {
            lines.end();
        }
    }
}
