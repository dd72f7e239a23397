package dev.parley.local.program;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Installs what tests share in the build folder, one thread of one process at a time, since tests run in several processes. The
 * others wait for as long as the installation may take; a process that dies lets go.
 */
public final class Installation {

    private static final Path FOLDER = Path.of("target");

    private Installation() {}

    /** What is done by one at a time. */
    @FunctionalInterface
    public interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** Runs a step while nobody else runs one of the same name. */
    public static synchronized void alone(String name, Step step) throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (FileChannel file = FileChannel.open(
                        FOLDER.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            step.run();
        }
    }
}
