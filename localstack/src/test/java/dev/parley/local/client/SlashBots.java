package dev.parley.local.client;

import dev.parley.local.LocalCloud;
import java.io.IOException;
import java.util.List;

/**
 * Bots of unmodified libraries with slash commands. Each registers its commands in its guild and tells {@code registered N};
 * {@code greet} answers with a word and the name of whom it was told to greet, {@code slow} thinks before it answers.
 */
public final class SlashBots {

    private SlashBots() {}

    /** The one of discord.js, which also knows the commands {@code secret, button, form} and {@code hook}. */
    public static Bot discordJs(LocalCloud cloud, String token) throws IOException, InterruptedException {
        return ScriptedBot.start(
                "discord.js", List.of("node", "discordjs-slash.mjs"), NodeProject.installed(), cloud, token);
    }

    /** The one of JDA. */
    public static Bot jda(LocalCloud cloud, String token) {
        return new JdaSlashBot(cloud, token);
    }
}
