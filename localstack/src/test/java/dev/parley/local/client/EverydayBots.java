package dev.parley.local.client;

import dev.parley.local.LocalCloud;
import java.io.IOException;
import java.util.List;

/**
 * Bots of unmodified libraries that do what bots do every day. For each step they tell {@code ok STEP}, or {@code error STEP
 * WHY}, and in between what the other side has to do:
 *
 * <ul>
 *   <li>{@code invite CODE}: two people have to join, the first a friend, the second a stranger
 *   <li>{@code registered GUILD CHANNEL}: the friend has to use {@code greet} there, for which a user is {@code who}
 * </ul>
 */
public final class EverydayBots {

    private EverydayBots() {}

    /** The one of discord.js, which makes a guild of its own. */
    public static Bot discordJs(LocalCloud cloud, String token) throws IOException, InterruptedException {
        List<String> command = List.of("node", "--no-deprecation", "discordjs-everyday.mjs");
        return ScriptedBot.start("discord.js", command, NodeProject.installed(), cloud, token);
    }

    /** The one of JDA, which cannot make a guild: it has to have one, with {@code ADMINISTRATOR}. */
    public static Bot jda(LocalCloud cloud, String token) {
        return new JdaEverydayBot(cloud, token);
    }
}
