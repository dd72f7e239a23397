package dev.parley.infra.command;

import dev.parley.infra.doctor.Check;
import dev.parley.infra.doctor.Doctor;
import dev.parley.infra.doctor.DoctorReport;
import dev.parley.infra.doctor.LocalChecks;
import dev.parley.infra.doctor.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that Parley needs, here and in the AWS account. */
@Command(
        name = "doctor",
        description = {
            "Say what is there, what is missing, and what for.",
            "Exits with 0 if ./parley up has what it needs, otherwise with 1."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS Region whose quotas are looked at (default: that of the credentials).")
    private @Nullable String region;

    @Option(names = "--json", description = "All findings, for a program.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        List<Check> checks = new ArrayList<>(new LocalChecks(System.getenv(), Path.of("")).all());
        checks.add(new AwsCheck(region));
        DoctorReport report = new Doctor(checks, DEADLINE).examine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.json() : report.text(Terminal.coloured()));
        out.flush();
        return report.ready() ? 0 : CloudCommand.USER_ERROR;
    }
}
