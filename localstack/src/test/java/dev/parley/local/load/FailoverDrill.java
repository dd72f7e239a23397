package dev.parley.local.load;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows that a replica takes over. */
@Command(
        name = "failover",
        description = "Lose the database under writes, and promote its replica. Fails when an acknowledged row is lost"
                + " with synchronous commit, when RPO is 60 s, or RTO 15 min.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class FailoverDrill implements Callable<Integer> {

    @Mixin
    private DrillOutput output = new DrillOutput();

    @Mixin
    private DrillWriting writing = new DrillWriting();

    @Mixin
    private DrillReplica replica = new DrillReplica();

    @Option(names = "--asynchronous", description = "Acknowledge commits that the replica may not have.")
    private boolean asynchronous;

    @Override
    public Integer call() throws InterruptedException, SQLException {
        writing.check(output);
        replica.check(output, writing);
        FailoverRun.Options options = new FailoverRun.Options(
                writing.seed(), writing.seconds(), writing.rate(), !asynchronous, replica.behind());
        return output.print(new FailoverRun(options, output.progress()).run());
    }
}
