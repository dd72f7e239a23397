package dev.parley.infra.doctor;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Looks at how much of something this machine has.
 *
 * @param name what it is
 * @param amount how much there is, in {@code unit}
 * @param unit the unit, for people
 * @param needed how much the first command needs
 * @param comfortable how much everything needs
 * @param neededFor what it is needed for
 * @param next how to get more
 */
record MachineCheck(
        String name, LongSupplier amount, String unit, long needed, long comfortable, String neededFor, String next)
        implements Check {

    @Override
    public List<Finding> look() {
        long there = amount.getAsLong();
        boolean scarce = there < comfortable;
        return List.of(new Finding(
                name,
                scarce ? State.TOO_LITTLE : State.OK,
                String.format(Locale.ROOT, "%,d %s", there, unit).strip(),
                neededFor,
                scarce ? next : "",
                // Too little for another command is said, and stops nobody.
                !scarce || there < needed));
    }
}
