package dev.parley.local.client;

import dev.parley.local.LocalCloud;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.SessionController;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;

/** A JDA bot with slash commands and a button, in this process. */
final class JdaSlashBot implements Bot {

    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final BotLines lines = new BotLines("JDA");
    private final JDA jda;

    JdaSlashBot(LocalCloud cloud, String token) {
        jda = JDABuilder.createLight(token, GatewayIntent.GUILD_MESSAGES)
                .setRestConfig(new RestConfig().setBaseUrl(cloud.baseUrl() + "/api/v10/"))
                .setSessionController(gateway(cloud.gatewayUrl()))
                .addEventListeners(new Answering(lines))
                .build();
    }

    @Override
    public List<String> awaitAll(String beginning) {
        return lines.awaitAll(beginning);
    }

    @Override
    public void close() {
        jda.shutdownNow();
        try {
            if (!jda.awaitShutdown(GOODBYE)) {
                throw new IllegalStateException("JDA does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SessionController gateway(String url) {
        return new SessionControllerAdapter() {
            @Override
            public String getGateway() {
                return url;
            }
        };
    }

    private static final class Answering extends ListenerAdapter {

        private final BotLines lines;

        private Answering(BotLines lines) {
            this.lines = lines;
        }

        @Override
        public void onReady(ReadyEvent event) {
            Guild guild = event.getJDA().getGuilds().getFirst();
            guild.upsertCommand("greet", "Greets somebody")
                    .addOption(OptionType.USER, "who", "whom to greet", true)
                    .addOption(OptionType.STRING, "how", "with which word")
                    .flatMap(first -> guild.upsertCommand(Commands.slash("slow", "Thinks before it answers")))
                    .flatMap(second -> guild.retrieveCommands())
                    .queue(
                            commands -> lines.add("registered " + commands.size()),
                            error -> lines.add("error " + error.getMessage()));
        }

        @Override
        public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
            switch (event.getName()) {
                case "greet" ->
                    event.reply(event.getOption("how", "hello", option -> option.getAsString()) + " "
                                    + Objects.requireNonNull(event.getOption("who"))
                                            .getAsUser()
                                            .getName())
                            .setComponents(ActionRow.of(Button.primary("press", "Press")))
                            .queue(hook -> lines.add("done greet"), error -> lines.add("error " + error.getMessage()));
                case "slow" ->
                    event.deferReply()
                            .flatMap(hook -> hook.editOriginal("thought about it"))
                            .flatMap(message -> event.getHook().sendMessage("and there is more"))
                            .queue(
                                    message -> lines.add("done slow " + message.getContentRaw()),
                                    error -> lines.add("error " + error.getMessage()));
                default -> lines.add("error unknown command " + event.getName());
            }
        }

        @Override
        public void onButtonInteraction(ButtonInteractionEvent event) {
            event.editMessage("pressed")
                    .setComponents()
                    .queue(hook -> lines.add("done press"), error -> lines.add("error " + error.getMessage()));
        }
    }
}
