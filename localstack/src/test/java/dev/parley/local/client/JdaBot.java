package dev.parley.local.client;

import dev.parley.local.LocalCloud;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.SessionController;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;

/** A JDA bot in this process. */
public final class JdaBot implements Bot {

    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final BotLines lines = new BotLines("JDA");
    private final JDA jda;

    private JdaBot(LocalCloud cloud, String token) {
        jda = JDABuilder.createLight(token, GatewayIntent.GUILD_MESSAGES, GatewayIntent.MESSAGE_CONTENT)
                .setRestConfig(new RestConfig().setBaseUrl(cloud.baseUrl() + "/api/v10/"))
                .setSessionController(gateway(cloud.gatewayUrl()))
                .addEventListeners(new Telling(lines))
                .build();
    }

    /**
     * Starts a bot.
     *
     * @param token without a scheme before it
     */
    static JdaBot start(LocalCloud cloud, String token) {
        return new JdaBot(cloud, token);
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

    private static final class Telling extends ListenerAdapter {

        private final BotLines lines;

        private Telling(BotLines lines) {
            this.lines = lines;
        }

        @Override
        public void onReady(ReadyEvent event) {
            List<Guild> guilds = event.getJDA().getGuilds();
            lines.add("session");
            lines.add("ready " + event.getJDA().getSelfUser().getId() + " "
                    + (guilds.isEmpty() ? "no-guild" : guilds.getFirst().getId()));
        }

        @Override
        public void onSessionRecreate(SessionRecreateEvent event) {
            lines.add("session");
        }

        @Override
        public void onSessionResume(SessionResumeEvent event) {
            lines.add("resumed");
        }

        private void echo(MessageReceivedEvent event) {
            Message.Attachment file = event.getMessage().getAttachments().getFirst();
            CompletableFuture<Void> _ = file.getProxy()
                    .download()
                    .thenAccept(bytes -> event.getChannel()
                            .sendMessage("echoed by JDA")
                            .addFiles(FileUpload.fromData(bytes, file.getFileName()))
                            .queue());
        }

        @Override
        public void onMessageReceived(MessageReceivedEvent event) {
            if (event.getAuthor().equals(event.getJDA().getSelfUser())) {
                return;
            }
            String content = event.getMessage().getContentRaw();
            lines.add("message " + content);
            if (content.equals("echo")) {
                echo(event);
            }
            if (content.startsWith("ping ")) {
                event.getMessage()
                        .reply("pong " + content.substring(5) + " from JDA")
                        .queue();
            }
        }
    }
}
