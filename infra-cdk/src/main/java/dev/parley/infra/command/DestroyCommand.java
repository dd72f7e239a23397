package dev.parley.infra.command;

import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.phase.Parameters;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes a deployment away, without its data. */
@Command(
        name = "destroy",
        description = "Take a deployment away. The database, files and backups are kept.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./parley destroy --phase mvp"})
final class DestroyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The deployment's name, instead of being asked for it.")
    private @Nullable String confirmed;

    @Override
    public Integer call() throws InterruptedException {
        Parameters parameters = target.parameters();
        CdkCli cdk = new CdkCli(Deployments.FOLDER, target.environment());
        cdk.install();
        AwsAccount account = AwsAccount.of(parameters.region(), target.endpoint());
        PrintWriter print = spec.commandLine().getOut();
        print.printf("""
                All stacks of deployment %s in account %s, Region %s, are deleted.
                Kept, and billed until you delete them yourself: the database clusters, the bucket of files, the
                keys that encrypt them, and all backups. Sessions and caches are gone.
                """, parameters.name(), account.id(), parameters.region());
        print.flush();
        String answer = confirmed == null
                ? Confirmation.ask(
                        "Type the deployment's name to delete it:", "Say --confirm " + parameters.name() + " to go on.")
                : confirmed;
        if (!answer.equals(parameters.name())) {
            throw new CommandException("'" + answer + "' is not " + parameters.name() + ". Nothing was deleted.");
        }
        CloudAssembly assembly = Deployments.synthesize(parameters, target.emulation());
        return cdk.run(List.of(
                "destroy",
                "--all",
                "--force",
                "--app",
                assembly.directory().toAbsolutePath().toString()));
    }
}
