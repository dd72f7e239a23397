package dev.parley.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The example bot, unmodified discord.js in a process of its own. It is told to stop when the demo is closed, and stops by itself
 * when the process that started it is no more.
 */
final class DemoBot implements AutoCloseable {

    /** Ends with its standard input, which ends with whoever started it, however that ends. */
    private static final String WATCHED =
            "process.stdin.on('end', () => process.exit()).resume(); await import('./bot.mjs');";

    private static final Duration INSTALL = Duration.ofMinutes(5);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final Process process;

    private DemoBot(Process process) {
        this.process = process;
    }

    /**
     * Installs what it needs the first time, and starts it.
     *
     * @param folder of the bot
     * @param log gets what it prints
     * @throws DemoException if Node or npm is not there, or the bot cannot be installed
     */
    static DemoBot start(Path folder, String baseUrl, String token, Path log) {
        try {
            if (!Files.isDirectory(folder.resolve("node_modules/discord.js"))) {
                Process npm = run(folder, List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of(), log);
                if (!npm.waitFor(INSTALL.toSeconds(), TimeUnit.SECONDS) || npm.exitValue() != 0) {
                    npm.destroyForcibly();
                    throw new DemoException("npm could not install the bot; " + log + " says why");
                }
            }
            return new DemoBot(run(
                    folder,
                    List.of("node", "--input-type=module", "--eval", WATCHED),
                    Map.of("PARLEY_URL", baseUrl, "PARLEY_BOT_TOKEN", token),
                    log));
        } catch (IOException e) {
            throw new DemoException("The bot needs Node.js and npm: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("The demo was interrupted", e);
        }
    }

    private static Process run(Path folder, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Its process. */
    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
