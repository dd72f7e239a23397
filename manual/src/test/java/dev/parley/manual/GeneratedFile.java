package dev.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in the repository that is made from the code. */
final class GeneratedFile {

    /** Set to write the file instead of comparing it. */
    private static final String WRITE = "parley.write-docs";

    private GeneratedFile() {}

    /** Fails unless the file holds the text; {@code -Dparley.write-docs=true} writes it anew. */
    static void verify(Path file, String text) throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file))
                .as(file + "; written anew by: mvn -pl manual -am test -Dtest=CommandLine*Test"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true")
                .isEqualTo(text);
    }
}
