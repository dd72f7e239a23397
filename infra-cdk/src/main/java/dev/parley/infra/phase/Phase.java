package dev.parley.infra.phase;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How large a deployment is. Phases differ in the numbers of their profile and in nothing else. */
public enum Phase {
    MVP,
    GROWTH,
    SCALE,
    ENTERPRISE;

    /** The name on the command line, in lower case. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The phase of a name.
     *
     * @throws InvalidParameterException if there is none
     */
    public static Phase of(String title) {
        return Arrays.stream(values())
                .filter(phase -> phase.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException(
                        "phase",
                        "'" + title + "' is none of "
                                + Arrays.stream(values()).map(Phase::title).collect(Collectors.joining(", "))));
    }

    /** The smallest phase that is made for so many users; the largest one if none is. */
    public static Phase fitting(long users) {
        return Arrays.stream(values())
                .filter(phase -> users <= phase.profile().users())
                .findFirst()
                .orElse(ENTERPRISE);
    }

    /** Its numbers. */
    public PhaseProfile profile() {
        return PhaseProfiles.of(this);
    }
}
