package dev.parley.local.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stops a server that an earlier run left behind on this data: somebody killed its watchdog too. */
final class StaleProcess {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    private StaleProcess() {}

    /**
     * Stops the process that a pid file names, if it is the one that wrote the file, and deletes the file.
     *
     * <p>Process ids come round again, above all in containers, so its file must have the program in its name and must have
     * started before the file was written. The caller must hold the data folder's lock.
     *
     * @throws LocalStoreException if the process cannot be stopped
     */
    static void stop(Path pidFile, String program, StopSignal signal) {
        try {
            Optional<ProcessHandle> process = writerOf(pidFile, program);
            if (process.isPresent()) {
                stop(process.get(), program, signal);
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new LocalStoreException(pidFile + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<ProcessHandle> writerOf(Path pidFile, String program) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        FileTime written = Files.getLastModifiedTime(pidFile);
        Optional<ProcessHandle> process = lines.isEmpty() || !lines.getFirst().matches(" *\\d{1,10} *")
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        return process.filter(candidate -> runs(candidate, program)
                && startedBefore(candidate, written.toInstant().plus(CLOCK_SLACK)));
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info()
                .command()
                .map(Path::of)
                .map(Path::getFileName)
                .filter(file -> file.toString().contains(program))
                .isPresent();
    }

    private static boolean startedBefore(ProcessHandle process, Instant time) {
        return process.info()
                .startInstant()
                .filter(start -> start.isBefore(time))
                .isPresent();
    }

    private static void stop(ProcessHandle process, String program, StopSignal signal) throws IOException {
        ProcessTree tree = ProcessTree.of(process);
        new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal.name(), Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!tree.awaitExit(GRACE) && !tree.kill()) {
            throw new LocalStoreException("An earlier " + program + " (process " + process.pid()
                    + ") still runs on the data and cannot be stopped");
        }
    }
}
