package dev.parley.infra.command;

import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.phase.Parameters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a deployment would change. */
@Command(
        name = "diff",
        description = "Show what a deployment would change in your AWS account, and change nothing.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./parley diff --phase growth"})
final class DiffCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Option(names = "--fail", description = "Exit with 1 if anything would change.")
    private boolean fail;

    @Override
    public Integer call() throws InterruptedException {
        Parameters parameters = target.parameters();
        CdkCli cdk = new CdkCli(Deployments.FOLDER, target.environment());
        cdk.install();
        AwsAccount.of(parameters.region(), target.endpoint());
        CloudAssembly assembly = Deployments.synthesize(parameters, target.emulation());
        return cdk.run(List.of(
                "diff",
                "--all",
                "--app",
                assembly.directory().toAbsolutePath().toString(),
                fail ? "--fail" : "--no-fail"));
    }
}
