package dev.parley.infra.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.infra.cost.IdleCost;
import dev.parley.infra.cost.IdleCostEstimator;
import dev.parley.infra.cost.IdleCosts;
import dev.parley.infra.phase.Phase;
import dev.parley.price.PriceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written down about phases is what their templates say. */
@ExtendWith(PhaseAssemblies.class)
class PhasesPageTest {

    private static final Path PAGE = Path.of("../docs/phases.md");
    private static final Path COSTS = Path.of("src/main/resources/dev/parley/infra/cost", IdleCosts.FILE);

    /** Set to write both files instead of comparing them. */
    private static final String WRITE = "parley.write-docs";

    private static final String HOW = "written anew by: mvn -pl infra-cdk -am test -Dtest=PhasesPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true";

    private static IdleCosts costs;

    @BeforeAll
    static void synthesize(PhaseAssemblies.Assemblies assemblies) {
        IdleCostEstimator estimator = new IdleCostEstimator(PriceList.load());
        Map<Phase, IdleCost> phases = new EnumMap<>(Phase.class);
        assemblies.byPhase().forEach((phase, assembly) -> phases.put(phase, estimator.of(assembly)));
        costs = new IdleCosts(phases);
    }

    @Test
    void theCostsAreThoseOfTheTemplates() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(COSTS, costs.json());
        }
        assertThat(Files.readString(COSTS)).as(COSTS + "; " + HOW).isEqualTo(costs.json());
    }

    @Test
    void thePageIsCurrent() throws IOException {
        String page = new PhasesPage(costs, PriceList.load()).markdown();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("docs/phases.md; " + HOW).isEqualTo(page);
    }

    @Test
    void aLargerPhaseCostsMore() {
        assertThat(Phase.values())
                .extracting(phase -> costs.of(phase).total())
                .isSorted()
                .allSatisfy(total -> assertThat(total).isPositive());
    }
}
