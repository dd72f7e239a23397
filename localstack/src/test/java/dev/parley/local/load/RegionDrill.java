package dev.parley.local.load;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows that users of a Region that is lost go on in the other. */
@Command(
        name = "region",
        description = "Lose one of two Regions whole, while users of both talk in one guild. The home has the database,"
                + " and the second its replica, which takes over when the home is lost. Fails when an acknowledged row"
                + " is lost that the replica had, when RPO is 60 s, or RTO 15 min.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RegionDrill implements Callable<Integer> {

    @Mixin
    private DrillOutput output = new DrillOutput();

    @Mixin
    private DrillWriting writing = new DrillWriting();

    @Mixin
    private DrillReplica replica = new DrillReplica();

    @Option(
            names = "--lose",
            paramLabel = "home|second",
            defaultValue = "second",
            description = "The Region that is lost.")
    private LostRegion lose = LostRegion.SECOND;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "10",
            description = "Clients in each Region, 1 to 500, of up to 20 users; clients of one user come back one after"
                    + " the other.")
    private int clients;

    @Override
    public Integer call() throws InterruptedException, SQLException {
        writing.check(output);
        replica.check(output, writing);
        output.require(clients >= 1 && clients <= 500, "--clients is 1 to 500");
        output.require(
                lose == LostRegion.HOME || replica.behind() == 0, "--behind is for the loss of the home: --lose home");
        RegionRun.Options options = new RegionRun.Options(
                writing.seed(), lose, clients, writing.seconds(), writing.rate(), replica.behind());
        return output.print(new RegionRun(options, output.progress()).run());
    }
}
