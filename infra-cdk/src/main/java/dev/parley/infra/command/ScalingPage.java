package dev.parley.infra.command;

import dev.parley.infra.cost.Usage;
import dev.parley.infra.phase.Phase;
import dev.parley.infra.scale.AwsQuota;
import dev.parley.infra.scale.PeakHour;
import dev.parley.infra.scale.PeakHour.Outcome;
import dev.parley.infra.scale.PeakLoad;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code docs/scaling.md}, made from the quotas, the phases and what a usage takes. */
final class ScalingPage {

    private static final String BEFORE = """
            # How far it goes

            What a number of users takes in the busiest hour of the day, against what AWS lets an account do. The users are those of
            [cost.md](cost.md): a tenth connected on average, 20 messages a day each, heard by 30 sessions; the busiest hour is three times the
            average. This page is made by the code that works out the bill; a test fails when it is out of date. It is paper: nothing here was
            measured in an account.

            ## Against the quotas of a new account

            """;

    private static final String WALLS = """

            The first wall is in bold. **Posts to clients are what counts**: each delivery is a request, in the same bucket as what clients send.

            ## Where each quota ends

            | quota of a Region | unless you ask | more on request | all of it is needed by |
            |---|---|---|---|
            """;

    private static final String SIMULATED = """

            Databases are not in the table, since they have no quota of requests. A message is one transaction; what a writer of Aurora holds has
            not been measured. From phase scale on, content is on three clusters ([shards.md](shards.md)).

            A guild is a message group of the queue, and so is each of the 16 parts of a large one: its events are taken one batch after the other.
            A guild of 10,000 sessions takes a second of a new account's posts for each message, whatever the users of the system are.

            ## The busiest hour, simulated

            An average hides that one event may be heard by thousands. So the hour is played second by second, with messages that come when they
            come, receivers that are spread (one event in a hundred is heard by eleven times as many as the average one), and API Gateway's bucket
            of tokens, 5,000 deep. *Refused* is the share of requests for which there was no token; Parley's posts are paced by `postsPerSecond` of
            the phase and tried again, so that what is refused here is late there.

            """;

    private static final String AFTER = """

            ## The way past

            1. **Ask for more** before moving to the next phase: each has the number that it needs ([phases.md](phases.md)). API Gateway's rate and
               Lambda's concurrency are raised on request; one report tells of 10,000 to 100,000 requests a second in two weeks. The depth of the
               bucket is not raised.
            2. **Use less**: the heartbeat of 270 s, intents, and what [cost.md](cost.md) lists.
            3. **Coming back** takes longer than being there: new connections are few, so after the loss of all of them it is minutes to hours
               until the last is back, and the quota of new connections is the first to raise. A resume costs one request of the client and what it missed.
            4. **A second Region** (phase enterprise) doubles what is for connections and posts, and not what is for writes: one Region has the
               writer.
            5. **Cells**: past what one account gets, whole deployments side by side, each with its guilds, and with its users' clients, which ask
               `GET /gateway` where to connect. Parley gives each deployment's own address there. A user in guilds of two cells would need two
               connections; nothing here moves a guild between cells, and so this is a plan and not a feature.
            """;

    private static final List<Long> USERS = List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L);
    private static final double BURST = 5_000;
    private static final long SEED = 20_261_128;

    String markdown() {
        StringBuilder page = new StringBuilder(BEFORE);
        page.append("""
                | users | connections | requests and posts/s | new connections/s | functions at once | invocations/s | to the queue/s | all back after a loss |
                |---|---|---|---|---|---|---|---|
                """);
        for (long users : USERS) {
            PeakLoad load = PeakLoad.of(Usage.of(users));
            AwsQuota first = Arrays.stream(AwsQuota.values())
                    .max(Comparator.comparingDouble(quota -> quota.need(load) / quota.value()))
                    .orElseThrow();
            page.append(String.format(Locale.ROOT, "| %,d | %,.0f |", users, load.connections()));
            for (AwsQuota quota : AwsQuota.values()) {
                double need = quota.need(load);
                String cell = String.format(Locale.ROOT, need < 10 ? "%,.1f" : "%,.0f", need);
                page.append(quota == first && need > quota.value() ? " **" + cell + "** |" : " " + cell + " |");
            }
            page.append(String.format(
                    Locale.ROOT,
                    " %,.0f min |%n",
                    Math.ceil(load.reconnectSeconds(AwsQuota.NEW_CONNECTIONS.value()) / 60)));
        }
        page.append(WALLS);
        PeakLoad any = PeakLoad.of(Usage.of(USERS.getFirst()));
        Arrays.stream(AwsQuota.values())
                .sorted(Comparator.comparingDouble(quota -> quota.users(any)))
                .forEach(quota -> page.append(String.format(
                        Locale.ROOT,
                        "| %s | %,d | %s | %,.0f users |%n",
                        quota.what(),
                        quota.value(),
                        quota.adjustable() ? "yes" : "no",
                        quota.users(any))));
        page.append(SIMULATED);
        simulated(page);
        return page.append(AFTER).toString();
    }

    private static void simulated(StringBuilder page) {
        page.append("""
                | users | average second | busiest second | refused at 10,000/s | phase | its requests/s | refused there |
                |---|---|---|---|---|---|---|
                """);
        for (long users : USERS) {
            PeakLoad load = PeakLoad.of(Usage.of(users));
            PeakHour hour = new PeakHour(load, SEED);
            Phase phase = Phase.fitting(users);
            int rate = phase.profile().gateway().requestsPerSecond();
            Outcome unraised = hour.play(AwsQuota.API_REQUESTS.value(), BURST);
            page.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,.0f | %,.0f | %.1f %% | %s | %,d | %.1f %% |%n",
                    users,
                    load.apiRequests(),
                    unraised.busiest(),
                    100 * unraised.refusedShare(),
                    phase.title(),
                    rate,
                    100 * hour.play(rate, BURST).refusedShare()));
        }
        long most = USERS.getLast();
        double cells = Math.ceil(PeakLoad.of(Usage.of(most)).apiRequests()
                / Phase.ENTERPRISE.profile().gateway().requestsPerSecond());
        page.append(String.format(
                Locale.ROOT,
                "%n%,d users need %,.0f cells of phase enterprise by their requests alone.%n",
                most,
                cells));
    }
}
