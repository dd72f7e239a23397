package dev.parley.local.coldstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a virtual machine that was told to log each class that it loads has loaded so far. */
record LoadedClasses(Path log) {

    /** The classes' names in the order of loading; hidden classes, which lambdas are, are among them. */
    List<String> names() throws IOException {
        try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(" source: "))
                    .map(line -> line.substring(0, line.indexOf(" source: ")))
                    .toList();
        }
    }
}
