package dev.parley.local;

import java.nio.file.Path;

/** Where the log lines of everything in this process go. */
final class LocalLog {

    /** Read by the logging configuration when the first line is written. */
    private static final String FILE = "parley.log.file";

    private LocalLog() {}

    /** Writes to a file from now on. The first call counts: a process has one log. */
    static void to(Path file) {
        if (System.getProperty(FILE) == null) {
            System.setProperty(FILE, file.toString());
        }
    }
}
