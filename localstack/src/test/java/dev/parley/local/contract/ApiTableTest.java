package dev.parley.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.catalog.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of the API says what is there. */
class ApiTableTest {

    private static final Path PAGE = Path.of("../docs/api.md");

    /** Set to write the page instead of comparing it. */
    private static final String WRITE = "parley.write-docs";

    private ApiTable table;

    @BeforeEach
    void read() {
        Optional<OpenApi> api = OpenApi.find();
        assumeTrue(api.isPresent(), "Discord's OpenAPI description is not beside the project: " + OpenApi.FILE);
        table = new ApiTable(api.orElseThrow().operations(), Routes.http());
    }

    @Test
    void nothingOfTextChatIsMissing() {
        assertThat(table.missing()).isEmpty();
    }

    @Test
    void thePageIsCurrent() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, table.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/api.md; written anew by: mvn -pl localstack -am test -Dtest=ApiTableTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true")
                .isEqualTo(table.markdown());
    }
}
