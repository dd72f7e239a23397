package dev.parley.infra.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScalingPageTest {

    private static final Path PAGE = Path.of("../docs/scaling.md");

    /** Set to write the file instead of comparing it. */
    private static final String WRITE = "parley.write-docs";

    @Test
    void thePageIsCurrent() throws IOException {
        String page = new ScalingPage().markdown();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/scaling.md; written anew by: mvn -pl infra-cdk -am test -Dtest=ScalingPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true")
                .isEqualTo(page);
    }
}
