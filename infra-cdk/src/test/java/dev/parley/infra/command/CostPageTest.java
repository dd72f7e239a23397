package dev.parley.infra.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.infra.cost.IdleCosts;
import dev.parley.price.PriceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CostPageTest {

    private static final Path PAGE = Path.of("../docs/cost.md");

    /** Set to write the file instead of comparing it. */
    private static final String WRITE = "parley.write-docs";

    @Test
    void thePageIsCurrent() throws IOException {
        String page = new CostPage(IdleCosts.load(), PriceList.load()).markdown();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/cost.md; written anew by: mvn -pl infra-cdk -am test -Dtest=CostPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true")
                .isEqualTo(page);
    }
}
