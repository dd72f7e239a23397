package dev.parley.infra.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.infra.cost.Bill;
import dev.parley.infra.cost.CostItem;
import dev.parley.infra.cost.IdleCost;
import dev.parley.infra.cost.IdleCosts;
import dev.parley.infra.cost.Lever;
import dev.parley.infra.cost.Usage;
import dev.parley.infra.cost.Work;
import dev.parley.infra.phase.Phase;
import dev.parley.price.PriceList;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works out what a deployment costs a month with so many users. */
@Command(
        name = "cost",
        description = "Work out what a deployment costs a month, and what would change that.",
        mixinStandardHelpOptions = true)
final class CostCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--users", required = true, paramLabel = "N", description = "People who use it within a month.")
    private long users;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            description = "mvp, growth, scale or enterprise (default: the smallest one for so many users).")
    private @Nullable String phase;

    @Option(
            names = "--online",
            paramLabel = "SHARE",
            description = "How many of them are connected, averaged over the month, 0 to 1 (default: 0.1).")
    private @Nullable Double online;

    @Option(
            names = "--messages-per-user",
            paramLabel = "N",
            description = "Messages that each of them writes a day (default: 20).")
    private @Nullable Double messages;

    @Option(
            names = "--receivers",
            paramLabel = "N",
            description = "Sessions that hear a message, and each of the events beside it (default: 30).")
    private @Nullable Double receivers;

    @Option(
            names = "--heartbeat",
            paramLabel = "SECONDS",
            description = "Seconds between two heartbeats of a session (default: 270).")
    private @Nullable Double heartbeat;

    @Option(names = "--mock-heartbeats", description = "API Gateway answers heartbeats itself.")
    private boolean mockHeartbeats;

    @Option(names = "--json", description = "All numbers, for a program.")
    private boolean json;

    @Override
    public Integer call() {
        Usage usage = usage();
        Phase size = phase == null ? Phase.fitting(users) : Phase.of(phase);
        PriceList prices = PriceList.load();
        IdleCost idle = IdleCosts.load().of(size);
        Work work = Work.of(usage, prices.hoursPerMonth());
        Bill bill = Bill.of(work, idle, prices);
        PrintWriter print = spec.commandLine().getOut();
        print.print(json ? json(size, usage, work, bill, idle, prices) : text(size, usage, work, bill, idle, prices));
        print.flush();
        return 0;
    }

    private Usage usage() {
        try {
            Usage usage = Usage.of(users).withMockHeartbeats(mockHeartbeats);
            if (online != null) {
                usage = usage.withOnline(online);
            }
            if (messages != null) {
                usage = usage.withMessages(messages);
            }
            if (receivers != null) {
                usage = usage.withReceivers(receivers).withSideReceivers(receivers);
            }
            if (heartbeat != null) {
                usage = usage.withHeartbeat(heartbeat);
            }
            return usage;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static String text(Phase phase, Usage usage, Work work, Bill bill, IdleCost idle, PriceList prices) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d users, phase %s: %,.0f connections, %,.1f messages/s, %,.0f deliveries/s on average%n%n",
                usage.users(),
                phase.title(),
                work.connections(),
                work.messagesPerSecond(),
                work.deliveriesPerSecond()));
        TextTable table = new TextTable("service", "what", "$/month");
        for (CostItem item : bill.items()) {
            table.add(item.service(), item.what(), usd(item.monthly()));
        }
        table.add("all", "", usd(bill.total()));
        text.append(table);
        text.append(String.format(Locale.ROOT, "%na user: $%.4f a month%n%n", bill.total() / usage.users()));
        TextTable levers = new TextTable("with", "$/month", "difference");
        for (Lever lever : Lever.of(usage)) {
            double total = Bill.of(Work.of(lever.usage(), prices.hoursPerMonth()), idle, prices)
                    .total();
            levers.add(lever.what(), usd(total), signed(total - bill.total()));
        }
        text.append(levers);
        if (usage.users() > phase.profile().users()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nPhase %s is made for %,d users: what databases and cache cost is too little here.%n",
                    phase.title(),
                    phase.profile().users()));
        }
        return text
                + String.format(
                        "%nAt list prices of %s (%s). docs/cost.md says what is assumed, and what is left out.%n",
                        prices.region(), prices.date());
    }

    private static String json(Phase phase, Usage usage, Work work, Bill bill, IdleCost idle, PriceList prices) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode().put("phase", phase.title());
        all.set("usage", mapper.valueToTree(usage));
        all.set("work", mapper.valueToTree(work));
        ObjectNode usd = all.putObject("usdPerMonth").put("total", bill.total());
        usd.set("parts", parts(mapper, bill));
        ArrayNode levers = all.putArray("levers");
        for (Lever lever : Lever.of(usage)) {
            levers.addObject()
                    .put("with", lever.what())
                    .put(
                            "usdPerMonth",
                            Bill.of(Work.of(lever.usage(), prices.hoursPerMonth()), idle, prices)
                                    .total());
        }
        return all.put("region", prices.region()).put("prices", prices.date()).toPrettyString() + "\n";
    }

    private static ArrayNode parts(ObjectMapper mapper, Bill bill) {
        ArrayNode parts = mapper.createArrayNode();
        for (CostItem item : bill.items()) {
            parts.addObject()
                    .put("service", item.service())
                    .put("what", item.what())
                    .put("usd", item.monthly());
        }
        return parts;
    }

    private static String usd(double amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    private static String signed(double amount) {
        return String.format(Locale.ROOT, "%+,.2f", amount);
    }
}
