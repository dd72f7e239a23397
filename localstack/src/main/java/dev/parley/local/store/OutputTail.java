package dev.parley.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a program's output until its end, and keeps only the last part of it. Thread-safe.
 *
 * <p>A pipe that nobody reads would stop the program when it is full.
 */
final class OutputTail {

    private static final int KEPT_CHARS = 16 * 1024;

    private final StringBuilder kept = new StringBuilder();
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** Starts to read, on a thread of its own that ends with the stream. */
    OutputTail(InputStream output, String name) {
        // Not a virtual thread: a read from a process's pipe would hold its carrier for as long as the program runs.
        Thread.ofPlatform().daemon().name(name + "-output").start(() -> read(output));
    }

    /** The first line, without its line end; fails if the output ends before it. The line is not in {@link #text()}. */
    CompletableFuture<String> firstLine() {
        return firstLine;
    }

    /** Done when the program and all that share its output have closed it. */
    CompletableFuture<Void> end() {
        return end;
    }

    /** The last 16 Ki characters so far, from the start of a line. */
    synchronized String text() {
        return kept.toString().strip();
    }

    private void read(InputStream output) {
        try (Reader reader = new InputStreamReader(output, StandardCharsets.UTF_8)) {
            char[] chunk = new char[1024];
            int length = reader.read(chunk);
            while (length >= 0) {
                append(chunk, length);
                length = reader.read(chunk);
            }
        } catch (IOException e) {
            append(("(output lost: " + e.getMessage() + ")\n").toCharArray());
        }
        firstLine.completeExceptionally(new LocalStoreException("ended without a word: " + text()));
        end.complete(null);
    }

    private void append(char[] chars) {
        append(chars, chars.length);
    }

    private synchronized void append(char[] chars, int length) {
        kept.append(chars, 0, length);
        int lineEnd = kept.indexOf("\n");
        if (!firstLine.isDone() && lineEnd >= 0) {
            firstLine.complete(kept.substring(0, lineEnd));
            kept.delete(0, lineEnd + 1);
        }
        if (kept.length() > KEPT_CHARS) {
            int excess = kept.length() - KEPT_CHARS;
            int lineStart = kept.indexOf("\n", excess) + 1;
            kept.delete(0, lineStart > 0 ? lineStart : excess);
        }
    }
}
