package dev.parley.local.load;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows that everybody can come back at once. */
@Command(
        name = "resume",
        description = "Cut all sockets at once, and resume all sessions: without the database.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ResumeDrill implements Callable<Integer> {

    @Mixin
    private DrillOutput output = new DrillOutput();

    @Mixin
    private DrillSessions sessions = new DrillSessions();

    @Option(
            names = "--spread",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Clients come back at a random moment within this time.")
    private double spread;

    @Override
    public Integer call() throws InterruptedException, IOException, SQLException {
        sessions.check(output);
        output.require(spread >= 0 && spread <= 60, "--spread is 0 to 60");
        Duration within = Duration.ofMillis((long) (spread * 1000));
        return output.print(new ResumeRun(sessions.count(), within, output.progress()).run());
    }
}
