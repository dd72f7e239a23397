package dev.parley.local.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Which fault comes in which second: the same for the same seed and length. Faults are drawn from a bag that holds each kind
 * as often as it weighs, so that every kind comes again and again. The long ones, Redis away and PostgreSQL restarted, take
 * turns at a random moment in the first half of their part of the run, so that the system has time to recover.
 */
final class FaultSchedule {

    /** A run has one outage for so many seconds, and two at the least. */
    private static final int SECONDS_AN_OUTAGE = 30;

    private final List<FaultKind> bySecond = new ArrayList<>();

    FaultSchedule(long seed, int seconds) {
        Random dice = new Random(seed);
        Map<Integer, FaultKind> outages = outages(dice, seconds);
        Deque<FaultKind> bag = new ArrayDeque<>();
        for (int second = 0; second < seconds; second++) {
            FaultKind outage = outages.get(second);
            if (bag.isEmpty()) {
                bag.addAll(fullBag(dice));
            }
            bySecond.add(outage == null ? bag.remove() : outage);
        }
    }

    /** The fault of a second, from 0. */
    FaultKind at(int second) {
        return bySecond.get(second);
    }

    private static Map<Integer, FaultKind> outages(Random dice, int seconds) {
        Map<Integer, FaultKind> outages = new TreeMap<>();
        int count = Math.max(2, seconds / SECONDS_AN_OUTAGE);
        boolean redis = dice.nextBoolean();
        for (int i = 0; i < count; i++) {
            int from = i * seconds / count;
            int half = Math.max(1, seconds / count / 2);
            outages.put(from + dice.nextInt(half), redis ? FaultKind.REDIS_STOP : FaultKind.POSTGRES_RESTART);
            redis = !redis;
        }
        return outages;
    }

    private static List<FaultKind> fullBag(Random dice) {
        List<FaultKind> bag = new ArrayList<>();
        Arrays.stream(FaultKind.values()).forEach(kind -> bag.addAll(Collections.nCopies(kind.weight(), kind)));
        Collections.shuffle(bag, dice);
        return bag;
    }
}
