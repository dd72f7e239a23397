package dev.parley.local.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Something to look at in a system that is new: a guild with people, a conversation, and a bot that talks. */
public final class Demo implements AutoCloseable {

    private final @Nullable DemoBot bot;

    private Demo(@Nullable DemoBot bot) {
        this.bot = bot;
    }

    /**
     * Sets it up through the public API, and says how to sign in. Without Node the bot is left out, and that is said.
     *
     * @param examples the folder of the examples, one of which is the bot
     * @throws DemoException if the people or their guild cannot be made
     */
    public static Demo start(String baseUrl, Path examples, PrintWriter out) {
        DemoTown.Made town;
        try (DemoApi api = new DemoApi(baseUrl)) {
            town = new DemoTown(api).settle();
        }
        out.printf(
                "  demo: sign in at %s%s as %s, password \"%s\"%n",
                baseUrl, town.path(), town.email(), DemoTown.PASSWORD);
        try {
            Path log = Files.createTempFile("parley-demo-bot", ".log");
            DemoBot bot = DemoBot.start(examples.resolve("discordjs-bot"), baseUrl, town.botToken(), log);
            out.printf("  demo: the bot of examples/discordjs-bot is on its way; its log is %s%n", log);
            return new Demo(bot);
        } catch (DemoException e) {
            out.printf("  demo: no bot, since %s%n", e.getMessage());
            return new Demo(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (bot != null) {
            bot.close();
        }
    }
}
