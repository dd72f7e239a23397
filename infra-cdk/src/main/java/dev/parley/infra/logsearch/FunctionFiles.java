package dev.parley.infra.logsearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The files of a function that is written in Python and packaged with this module.
 *
 * @param names names of files beside this class
 */
record FunctionFiles(List<String> names) {

    /** Copies the files to a new directory, which the caller deletes once CDK has taken its copy. */
    Path copy() {
        try {
            Path directory = Files.createTempDirectory("parley-function");
            for (String name : names) {
                try (InputStream file = Objects.requireNonNull(FunctionFiles.class.getResourceAsStream(name), name)) {
                    Files.copy(file, directory.resolve(name));
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("The files " + names + " could not be copied", e);
        }
    }

    /** Deletes a copy. */
    void delete(Path copy) {
        try {
            for (String name : names) {
                Files.delete(copy.resolve(name));
            }
            Files.delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("The copy in " + copy + " could not be deleted", e);
        }
    }
}
