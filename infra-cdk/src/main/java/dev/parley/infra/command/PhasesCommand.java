package dev.parley.infra.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.infra.cost.CostItem;
import dev.parley.infra.cost.IdleCost;
import dev.parley.infra.cost.IdleCosts;
import dev.parley.infra.phase.Phase;
import dev.parley.infra.phase.PhaseProfile;
import dev.parley.price.PriceList;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what each phase has, and what it costs while nobody uses it. */
@Command(
        name = "phases",
        description = "Show what each phase has, and what it costs a month while nobody uses it.",
        mixinStandardHelpOptions = true)
final class PhasesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--json", description = "All numbers, for a program.")
    private boolean json;

    @Override
    public Integer call() {
        IdleCosts costs = IdleCosts.load();
        PrintWriter print = spec.commandLine().getOut();
        print.print(json ? json(costs) : text(costs));
        print.flush();
        return 0;
    }

    private static String text(IdleCosts costs) {
        TextTable table =
                new TextTable("phase", "users", "database", "cache", "functions", "posts/s", "also", "idle $/month");
        for (Phase phase : Phase.values()) {
            PhaseWords words = new PhaseWords(phase.profile());
            table.add(
                    phase.title(),
                    words.users(),
                    words.database(),
                    words.cache(),
                    words.functions(),
                    words.posts(),
                    words.extras(),
                    String.format(Locale.ROOT, "%,.0f", costs.of(phase).total()));
        }
        PriceList prices = PriceList.load();
        return table
                + String.format(
                        "%nIdle: while nobody uses it, at list prices of %s (%s). docs/phases.md has the parts.%n",
                        prices.region(), prices.date());
    }

    private static String json(IdleCosts costs) {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode all = mapper.createArrayNode();
        for (Phase phase : Phase.values()) {
            PhaseProfile profile = phase.profile();
            ObjectNode one = all.addObject().put("phase", phase.title());
            one.setAll((ObjectNode) mapper.valueToTree(profile));
            IdleCost cost = costs.of(phase);
            ObjectNode idle = one.putObject("idleUsdPerMonth").put("total", cost.total());
            ArrayNode parts = idle.putArray("parts");
            for (CostItem item : cost.items()) {
                parts.addObject()
                        .put("service", item.service())
                        .put("what", item.what())
                        .put("usd", item.monthly());
            }
        }
        return all.toPrettyString() + "\n";
    }
}
