package dev.parley.infra.command;

import dev.parley.infra.cost.Bill;
import dev.parley.infra.cost.CostItem;
import dev.parley.infra.cost.IdleCosts;
import dev.parley.infra.cost.Lever;
import dev.parley.infra.cost.Usage;
import dev.parley.infra.cost.Work;
import dev.parley.infra.phase.Phase;
import dev.parley.price.PriceList;
import java.util.List;
import java.util.Locale;

/** {@code docs/cost.md}, made from the price list and from how Parley works. */
final class CostPage {

    private static final String BEFORE = """
            # What it costs

            `./parley cost --users 100000` works out a month's bill: what the phase costs idle ([phases.md](phases.md)), and what use adds.
            `--help` lists what can be said about the use. This page is made by the same code; a test fails when it is out of date.

            """;

    private static final String AFTER = """

            ## What is assumed

            Of people, unless an option says otherwise: a tenth is connected, averaged over the month; each writes 20 messages a day; a message is
            heard by 30 sessions, and so is one event beside it (a reaction, an edit, typing, presence); 40 other requests a day and one login;
            a session resumes after the two hours that API Gateway gives a connection; an event has 800 bytes, READY with its guilds 60 KB.

            Of functions, on arm64, estimated and not measured in an account: a request runs 25 ms and an opcode
            10 ms at 1 GB; a batch of events 20 ms and each post 1 ms more at 1.7 GB; a schedule's run half a second. An invocation writes 700
            bytes of logs, its metrics among them. A message asks Aurora's storage 8 times and stays there with 1 KB.

            That two frames go through API Gateway for a heartbeat, one for each delivery, three for a resume, and that an event asks SQS three
            times, is how Parley works.

            ## What is left out

            - More ACUs and larger or more cache nodes than the phase's smallest: they follow load. An ACU for a month is $87.60.
            - Files: storage, requests and traffic of S3. CloudFront, WAF and log search by use. Backups.
            - Free tiers, taxes, discounts, support. All Regions at the prices of one.

            ## What a run would have cost

            A local cloud meters itself as AWS would: WebSocket messages by 32 KB, HTTP requests by 512 KB and requests to SQS by 64 KB,
            connection-minutes, invocations, GB-seconds with the catalog's memory and each invocation rounded up to a millisecond, and bytes
            to clients. `GET /_parley/bill` has the bill since its start, with that of other gateways (`--gateways`) in it, the console shows
            it, and `./parley load` ends with what its run has added to it. The durations are those of that machine and not of Lambda, and
            an account polls its queues more often than one machine does. Free tiers are not applied. Not in it: all that is billed by the
            hour or the month, which `./parley phases` has; logs; requests and storage of Aurora and S3; the edge.

            The prices are list prices of {region} of {date} from public pages, each with its source in
            [prices.json](../shared/src/main/resources/dev/parley/price/prices.json), where some are marked as not confirmed. No
            bill of an account has been compared with this.
            """;

    private static final List<Long> USERS = List.of(1_000L, 10_000L, 100_000L, 1_000_000L);
    private static final long EXAMPLE = 100_000;

    private final IdleCosts idle;
    private final PriceList prices;

    CostPage(IdleCosts idle, PriceList prices) {
        this.idle = idle;
        this.prices = prices;
    }

    String markdown() {
        StringBuilder page = new StringBuilder(BEFORE);
        page.append("""
                | users | phase | connections | messages a second | deliveries a second | idle | a month | a user |
                |---|---|---|---|---|---|---|---|
                """);
        for (long users : USERS) {
            Usage usage = Usage.of(users);
            Phase phase = Phase.fitting(users);
            Work work = Work.of(usage, prices.hoursPerMonth());
            double total = bill(usage, phase).total();
            page.append(String.format(
                    Locale.ROOT,
                    "| %,d | `%s` | %,.0f | %,.1f | %,.0f | $%,.0f | $%,.0f | $%.4f |%n",
                    users,
                    phase.title(),
                    work.connections(),
                    work.messagesPerSecond(),
                    work.deliveriesPerSecond(),
                    idle.of(phase).total(),
                    total,
                    total / users));
        }
        page.append(String.format(
                Locale.ROOT,
                "%n## The parts, with %,d users%n%n| service | what | a month |%n|---|---|---|%n",
                EXAMPLE));
        Usage example = Usage.of(EXAMPLE);
        Phase phase = Phase.fitting(EXAMPLE);
        Bill bill = bill(example, phase);
        for (CostItem item : bill.items()) {
            page.append(
                    String.format(Locale.ROOT, "| %s | %s | $%,.2f |%n", item.service(), item.what(), item.monthly()));
        }
        page.append(String.format(Locale.ROOT, "| **all** | | **$%,.2f** |%n", bill.total()));
        page.append("""

                ## What changes it

                | with | a month | difference |
                |---|---|---|
                """);
        for (Lever lever : Lever.of(example)) {
            double total = bill(lever.usage(), phase).total();
            page.append(String.format(
                    Locale.ROOT, "| %s | $%,.2f | %+,.2f |%n", lever.what(), total, total - bill.total()));
        }
        return page.append(AFTER.replace("{region}", prices.region()).replace("{date}", prices.date()))
                .toString();
    }

    private Bill bill(Usage usage, Phase phase) {
        return Bill.of(Work.of(usage, prices.hoursPerMonth()), idle.of(phase), prices);
    }
}
