package dev.parley.local.load;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows that a lost database comes back. */
@Command(
        name = "restore",
        description = "Lose the database and its disk under writes; restore it from a base backup and its log. Fails"
                + " when RPO is 60 s or RTO 15 min.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RestoreDrill implements Callable<Integer> {

    @Mixin
    private DrillOutput output = new DrillOutput();

    @Mixin
    private DrillWriting writing = new DrillWriting();

    @Option(
            names = "--archive-seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often the log goes to the archive, 1 to 60: what is lost is no older.")
    private int archiveSeconds;

    @Override
    public Integer call() throws InterruptedException, SQLException {
        writing.check(output);
        output.require(
                archiveSeconds >= 1 && archiveSeconds <= 60 && writing.seconds() >= 4 * archiveSeconds,
                "--archive-seconds is 1 to 60, and a quarter of --seconds at the most");
        RestoreRun.Options options =
                new RestoreRun.Options(writing.seed(), writing.seconds(), writing.rate(), archiveSeconds);
        return output.print(new RestoreRun(options, output.progress()).run());
    }
}
