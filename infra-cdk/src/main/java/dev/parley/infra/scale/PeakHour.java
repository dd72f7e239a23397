package dev.parley.infra.scale;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The busiest hour, second by second: messages come when they come, some guilds are large and most are small, and API Gateway
 * has a bucket of tokens. It shows what an average hides: seconds in which a few messages to large guilds take all tokens.
 *
 * <p>A request that is refused is not tried again here, and so is refused once. The same seed gives the same hour. Immutable.
 */
public final class PeakHour {

    /**
     * How the number of sessions that hear an event is spread (log-normal): at 1.5, one event in a hundred is heard by eleven
     * times as many as the average one.
     */
    static final double SPREAD = 1.5;

    private static final int SECONDS = 3_600;

    /** From here on a Poisson distribution is a normal one for what is counted here. */
    private static final double MANY = 60;

    private final PeakLoad load;
    private final long seed;

    public PeakHour(PeakLoad load, long seed) {
        this.load = load;
        this.seed = seed;
    }

    /**
     * How the hour went.
     *
     * @param requests frames, posts and requests in all
     * @param refused those for which there was no token
     * @param busiest requests of the busiest second
     */
    public record Outcome(double requests, double refused, double busiest) {

        /** The share that was refused, 0 to 1. */
        public double refusedShare() {
            return requests == 0 ? 0 : refused / requests;
        }
    }

    /**
     * Plays the hour.
     *
     * @param rate tokens that come a second
     * @param burst tokens that are there at most
     */
    public Outcome play(double rate, double burst) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double receivers = load.events() == 0 ? 0 : load.deliveries() / load.events();
        double others = load.apiRequests() - load.deliveries();
        double tokens = burst;
        double requests = 0;
        double refused = 0;
        double busiest = 0;
        for (int second = 0; second < SECONDS; second++) {
            double asked = count(random, others);
            long events = Math.round(count(random, load.events()));
            for (long event = 0; event < events; event++) {
                asked += Math.round(spread(random, receivers));
            }
            double available = Math.min(burst, tokens) + rate;
            double taken = Math.min(asked, available);
            tokens = available - taken;
            requests += asked;
            refused += asked - taken;
            busiest = Math.max(busiest, asked);
        }
        return new Outcome(requests, refused, busiest);
    }

    private static double spread(RandomGenerator random, double mean) {
        return mean == 0 ? 0 : Math.exp(Math.log(mean) - SPREAD * SPREAD / 2 + SPREAD * random.nextGaussian());
    }

    /** How many of what happens so often on average happen in one second. */
    private static double count(RandomGenerator random, double mean) {
        if (mean >= MANY) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        // Knuth's way, which takes as many numbers as the outcome is large
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int happened = 0;
        while (product > limit) {
            product *= random.nextDouble();
            happened++;
        }
        return happened;
    }
}
