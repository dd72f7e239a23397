package dev.parley.infra.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./parley doctor} where nothing has been built yet, perhaps because that is what does not work. The launcher starts it
 * from its source (JEP 458), without a library; so this package uses none. {@code DoctorCommand} is the same with AWS.
 */
final class UnbuiltDoctor {

    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final int BAD_ARGUMENTS = 2;

    private UnbuiltDoctor() {}

    /** Looks at this machine and exits with 0 if {@code ./parley up} has what it needs, otherwise with 1. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> options = List.of(arguments);
        if (options.contains("--help") || options.contains("-h")) {
            System.out.println("Usage: ./parley doctor [--json]\nSay what is there, what is missing, and what for.");
            return;
        }
        if (!options.isEmpty() && !options.equals(List.of("--json"))) {
            System.err.println("Unknown arguments: " + String.join(" ", options) + "; there is --json");
            System.exit(BAD_ARGUMENTS);
        }
        List<Check> checks = new ArrayList<>(new LocalChecks(System.getenv(), Path.of("")).all());
        checks.add(new NotBuilt());
        DoctorReport report = new Doctor(checks, DEADLINE).examine();
        System.out.print(options.isEmpty() ? report.text(Terminal.coloured()) : report.json());
        System.exit(report.ready() ? 0 : 1);
    }

    /** What asks AWS needs the SDK. */
    private record NotBuilt() implements Check {

        @Override
        public String name() {
            return "AWS";
        }

        @Override
        public String neededFor() {
            return "./parley deploy";
        }

        @Override
        public List<Finding> look() {
            return List.of(new Finding(
                    name(),
                    State.UNKNOWN,
                    "",
                    neededFor(),
                    "Credentials, quotas and bootstrap are looked at once that is built: ./parley phases builds it.",
                    false));
        }
    }
}
