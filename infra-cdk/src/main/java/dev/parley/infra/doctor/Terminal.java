package dev.parley.infra.doctor;

import java.io.Console;
import java.util.Optional;

/** Where the command line writes to. */
public final class Terminal {

    private Terminal() {}

    /** Whether colours can be shown and are wanted: on a terminal, unless {@code NO_COLOR} is set (no-color.org). */
    public static boolean coloured() {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        String refused = System.getenv("NO_COLOR");
        return terminal && (refused == null || refused.isEmpty());
    }
}
