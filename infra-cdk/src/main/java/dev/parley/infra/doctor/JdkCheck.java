package dev.parley.infra.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks at the JDK that runs this, which is the one that the launcher found.
 *
 * @param version its version
 * @param home its folder
 */
record JdkCheck(Runtime.Version version, Path home) implements Check {

    private static final int FEATURE = 25;

    @Override
    public String name() {
        return "JDK";
    }

    @Override
    public String neededFor() {
        return "everything";
    }

    @Override
    public List<Finding> look() {
        String hint = "Install a JDK 25, for example from https://adoptium.net, or set JAVA_HOME to one.";
        if (version.feature() < FEATURE) {
            return List.of(new Finding(name(), State.TOO_OLD, text(), neededFor(), hint, true));
        }
        if (!Files.isExecutable(home.resolve("bin/javac"))) {
            String runtime = home + " has no compiler: it is a JRE. ";
            return List.of(new Finding(name(), State.MISSING, "", neededFor(), runtime + hint, true));
        }
        return List.of(new Finding(name(), State.OK, text(), neededFor(), "", true));
    }

    /** The numbers alone. */
    private String text() {
        return String.join(".", version.version().stream().map(String::valueOf).toList());
    }
}
