package dev.parley.local.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.local.LocalCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The client libraries that the tests run, each as its registry has it. */
public enum Library {
    JDA("JDA"),
    DISCORD_JS("discord.js"),
    DISCORD_PY("discord.py"),
    ERIS("Eris"),
    SERENITY("serenity");

    private final String title;

    Library(String title) {
        this.title = title;
    }

    /** Starts a bot, or skips the test, naming what is not installed. */
    public Bot start(LocalCloud cloud, String token) throws IOException, InterruptedException {
        return switch (this) {
            case JDA -> JdaBot.start(cloud, token);
            case DISCORD_JS -> node("discordjs.mjs", cloud, token);
            case ERIS -> node("eris.mjs", cloud, token);
            case DISCORD_PY -> python(cloud, token);
            case SERENITY -> rust(cloud, token);
        };
    }

    @Override
    public String toString() {
        return title;
    }

    private Bot node(String script, LocalCloud cloud, String token) throws IOException, InterruptedException {
        Path folder = NodeProject.installed();
        return ScriptedBot.start(title, List.of("node", script), folder, cloud, token);
    }

    private Bot python(LocalCloud cloud, String token) throws IOException, InterruptedException {
        Optional<String> interpreter = PythonProject.interpreter();
        assumeTrue(interpreter.isPresent(), "discord.py is not installed");
        List<String> command = List.of(interpreter.orElseThrow(), "discordpy_bot.py");
        return ScriptedBot.start(title, command, PythonProject.SOURCES, cloud, token);
    }

    private Bot rust(LocalCloud cloud, String token) throws IOException, InterruptedException {
        Optional<Path> program = RustProject.program();
        assumeTrue(program.isPresent(), "serenity's bot is not built, since cargo is not installed");
        List<String> command = List.of(program.orElseThrow().toAbsolutePath().toString());
        return ScriptedBot.start(title, command, Path.of("."), cloud, token);
    }
}
