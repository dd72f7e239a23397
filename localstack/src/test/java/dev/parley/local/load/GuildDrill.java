package dev.parley.local.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a large guild costs. */
@Command(
        name = "guild",
        description = "Send messages to one large guild: how fast, and at what cost.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class GuildDrill implements Callable<Integer> {

    @Mixin
    private DrillOutput output = new DrillOutput();

    @Mixin
    private DrillSessions sessions = new DrillSessions();

    @Option(names = "--messages", paramLabel = "N", defaultValue = "20", description = "Messages, one at a time.")
    private int messages;

    @Override
    public Integer call() throws InterruptedException {
        sessions.check(output);
        output.require(messages >= 1 && messages <= 1000, "--messages is 1 to 1000");
        return output.print(new GuildRun(sessions.count(), messages, output.progress()).run());
    }
}
