package dev.parley.local.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a bot has told and nobody has looked at. Any thread adds, one takes. */
final class BotLines {

    private static final String END = "\0";

    /** discord.js waits 6 s between two IDENTIFYs; the rest is for a loaded machine. */
    private static final Duration DEADLINE = Duration.ofSeconds(45);

    private final String library;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    BotLines(String library) {
        this.library = library;
    }

    void add(String line) {
        lines.add(line);
    }

    /** Says that no more lines come. */
    void end() {
        lines.add(END);
    }

    List<String> awaitAll(String beginning) {
        List<String> seen = new ArrayList<>();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            String line = poll(deadline - System.nanoTime());
            if (line == null || line.equals(END)) {
                throw new AssertionError(
                        library + " did not tell \"" + beginning + "\", but:\n" + String.join("\n", seen));
            }
            seen.add(line);
            if (line.startsWith(beginning)) {
                return seen;
            }
        }
    }

    private @Nullable String poll(long nanos) {
        try {
            return lines.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
