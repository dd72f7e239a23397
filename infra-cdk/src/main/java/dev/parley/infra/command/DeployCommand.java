package dev.parley.infra.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.catalog.Routes;
import dev.parley.infra.Naming;
import dev.parley.infra.assembly.CloudAssembly;
import dev.parley.infra.phase.Parameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deploys to an AWS account, or changes what is deployed there. */
@Command(
        name = "deploy",
        description = "Deploy to your AWS account, or change what is deployed there.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./parley deploy --phase mvp --region eu-west-1 --alarm-email ops@example.com"})
final class DeployCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Target target = new Target();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--bootstrap", description = "Bootstrap the Regions where the CDK has not been yet.")
    private boolean bootstrap;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter print = spec.commandLine().getOut();
        Parameters parameters = target.parameters();
        Emulator emulator = target.emulator();
        CdkCli cdk = new CdkCli(Deployments.FOLDER, target.environment());
        cdk.install();
        AwsAccount account = AwsAccount.of(parameters.region(), target.endpoint());
        print.printf(
                "%s %s, Region %s, as %s%n",
                emulator == null ? "Account" : "Emulated account", account.id(), parameters.region(), account.arn());
        print.printf("Phase %s, deployment %s%n", parameters.phase().title(), parameters.name());
        print.flush();
        CloudAssembly assembly = Deployments.synthesize(parameters, target.emulation());
        if (emulator != null) {
            emulator.makeAssetBucket();
        } else {
            bootstrap(account, assembly, cdk);
            if (!yes && !agreed(account, assembly)) {
                print.println("Nothing was deployed.");
                return CloudCommand.USER_ERROR;
            }
        }
        Path outputs = assembly.directory().resolveSibling("outputs.json").toAbsolutePath();
        int code = cdk.run(arguments(assembly, outputs, yes || emulator != null));
        if (code != 0) {
            throw new CommandException("The deployment did not go through; what was there before is still there, or is"
                    + " being restored. The messages above say why; so do the events of the stack in CloudFormation.");
        }
        if (emulator != null) {
            print.println("Migrating the database");
            print.flush();
            emulator.migrate(new Naming(parameters.name()).function(Routes.MIGRATE));
        }
        printOutputs(outputs, print);
        print.print(nextSteps(parameters));
        print.flush();
        return 0;
    }

    private static List<String> arguments(CloudAssembly assembly, Path outputs, boolean yes) {
        return List.of(
                "deploy",
                "--all",
                "--app",
                assembly.directory().toAbsolutePath().toString(),
                "--outputs-file",
                outputs.toString(),
                "--require-approval",
                yes ? "never" : "broadening");
    }

    private void bootstrap(AwsAccount account, CloudAssembly assembly, CdkCli cdk) throws InterruptedException {
        int wanted = assembly.bootstrapVersion();
        List<String> environments = new ArrayList<>();
        for (String region : assembly.regions()) {
            if (account.bootstrapVersion(region) < wanted) {
                environments.add("aws://" + account.id() + "/" + region);
            }
        }
        if (environments.isEmpty()) {
            return;
        }
        if (!bootstrap) {
            throw new CommandException("The CDK has not prepared " + String.join(" and ", environments) + " yet, or in"
                    + " an older version than " + wanted + ". Say --bootstrap to have that done now: it makes a stack"
                    + " CDKToolkit there, with a bucket and roles.");
        }
        List<String> arguments = new ArrayList<>(List.of("bootstrap"));
        arguments.addAll(environments);
        if (cdk.run(arguments) != 0) {
            throw new CommandException("Bootstrapping failed; the messages above say why.");
        }
    }

    private static boolean agreed(AwsAccount account, CloudAssembly assembly) {
        Set<String> regions = assembly.regions();
        String question = String.format(
                Locale.ROOT,
                "Deploy %d stacks with %d resources to account %s in %s? It costs money from then on"
                        + " (./parley phases). [y/N]",
                assembly.stacks().size(),
                assembly.resources(),
                account.id(),
                String.join(", ", regions));
        return Confirmation.ask(question, "Say --yes to deploy without being asked.")
                .toLowerCase(Locale.ROOT)
                .matches("y(es)?");
    }

    private static void printOutputs(Path file, PrintWriter print) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            JsonNode stacks = new ObjectMapper().readTree(file.toFile());
            TextTable table = new TextTable("stack", "output", "value");
            stacks.properties()
                    .forEach(stack -> stack.getValue()
                            .properties()
                            .forEach(output -> table.add(
                                    stack.getKey(),
                                    output.getKey(),
                                    output.getValue().asText())));
            print.printf("%n%s", table);
        } catch (IOException e) {
            throw new CommandException("Deployed, but the outputs cannot be read from " + file, e);
        }
    }

    private static String nextSteps(Parameters parameters) {
        String mail = parameters.alarmEmail() == null
                ? ""
                : "  confirm the subscription that AWS mails to " + parameters.alarmEmail() + "\n";
        return """

                Next:
                  curl API_URL/health, with the ApiUrl from above
                  register and talk as the README says, with ApiUrl instead of http://localhost:3000
                %s  ./parley diff shows what another deployment would change; ./parley destroy takes it away
                """.formatted(mail);
    }
}
