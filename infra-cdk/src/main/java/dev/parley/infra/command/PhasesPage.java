package dev.parley.infra.command;

import dev.parley.infra.cost.CostItem;
import dev.parley.infra.cost.IdleCosts;
import dev.parley.infra.phase.Phase;
import dev.parley.price.PriceList;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code docs/phases.md}, made from the profiles and what they cost. */
final class PhasesPage {

    private static final String INTRODUCTION = """
            # Phases

            A deployment has one of four sizes: `./parley deploy --phase PHASE`. They differ in numbers and in nothing else, and a
            deployment moves to the next one, or back, in place: the same command with another phase. This page is made from
            those numbers and from the templates; a test fails when it is out of date. Two ways back ask for something first: from
            `enterprise`, that the second Region is taken apart ([regions.md](regions.md#leaving-this-phase)); from `scale`, that all
            content is on the cluster `zero` again, without which the deployment is refused ([data.md](data.md#clusters-for-content)).

            """;

    private final IdleCosts costs;
    private final PriceList prices;

    PhasesPage(IdleCosts costs, PriceList prices) {
        this.costs = costs;
        this.prices = prices;
    }

    String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        sizes(page);
        changes(page);
        page.append("""

            ## What they cost while nobody uses them

            In US dollars a month, at the list prices of %s of %s, which [prices.json](../shared/src/main/resources/dev/parley/price/prices.json)
            holds with their sources; taxes, discounts and free tiers are left out, and so is what use adds: requests, messages,
            connections, storage and traffic. The prices were collected from public pages and not from AWS's price list: check what matters. Lambda, SQS and both APIs cost nothing idle. The figures are read from the templates,
            all Regions at the same prices.

            """.formatted(prices.region(), prices.date()));
        for (Phase phase : Phase.values()) {
            cost(phase, page);
        }
        return page.toString();
    }

    private void sizes(StringBuilder page) {
        page.append(
                "| phase | users | open connections | database | cache | functions | posts a second | also | idle cost"
                        + " a month |\n|---|---|---|---|---|---|---|---|---|\n");
        for (Phase phase : Phase.values()) {
            PhaseWords words = new PhaseWords(phase.profile());
            row(
                    page,
                    "`" + phase.title() + "`",
                    words.users(),
                    words.connections(),
                    words.database(),
                    words.cache(),
                    words.functions(),
                    words.posts(),
                    words.extras(),
                    usd(costs.of(phase).total()));
        }
        page.append("""

                The numbers of functions and posts are what the account has to allow (Service Quotas: Lambda concurrent executions,
                API Gateway throttle); ask AWS before moving.
                """);
    }

    private static void changes(StringBuilder page) {
        page.append(
                "\n## What changes from one to the next\n\n| from | to | number | before | after |\n|---|---|---|---|---|\n");
        Phase[] phases = Phase.values();
        for (int i = 1; i < phases.length; i++) {
            Map<String, String> before = numbers(phases[i - 1].profile());
            Map<String, String> after = numbers(phases[i].profile());
            for (Map.Entry<String, String> number : after.entrySet()) {
                String old = Objects.requireNonNull(before.get(number.getKey()));
                if (!old.equals(number.getValue())) {
                    row(page, phases[i - 1].title(), phases[i].title(), number.getKey(), old, number.getValue());
                }
            }
        }
    }

    private void cost(Phase phase, StringBuilder page) {
        page.append("### ").append(phase.title()).append("\n\n| service | what | a month |\n|---|---|---|\n");
        List<CostItem> items = costs.of(phase).items();
        for (CostItem item : items) {
            row(page, item.service(), item.what(), usd(item.monthly()));
        }
        row(page, "**all**", "", "**" + usd(costs.of(phase).total()) + "**");
        page.append('\n');
    }

    /** All numbers of a profile, by their names with a dot between those of records within records. */
    private static Map<String, String> numbers(Record profile) {
        Map<String, String> numbers = new LinkedHashMap<>();
        for (RecordComponent component : profile.getClass().getRecordComponents()) {
            Object value = value(profile, component);
            if (value instanceof Record part) {
                numbers(part).forEach((name, number) -> numbers.put(component.getName() + "." + name, number));
            } else {
                numbers.put(component.getName(), text(value));
            }
        }
        return numbers;
    }

    private static Object value(Record profile, RecordComponent component) {
        try {
            return component.getAccessor().invoke(profile);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.getName(), e);
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case Boolean flag -> flag ? "yes" : "no";
            case Integer number -> String.format(Locale.ROOT, "%,d", number);
            default -> value.toString();
        };
    }

    private static void row(StringBuilder page, String... cells) {
        List<String> row = new ArrayList<>(List.of(cells));
        page.append("| ").append(String.join(" | ", row)).append(" |\n");
    }

    private static String usd(double amount) {
        return String.format(Locale.ROOT, "$%,.2f", amount);
    }
}
