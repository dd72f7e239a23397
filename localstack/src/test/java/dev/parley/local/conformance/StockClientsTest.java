package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.DiscordJsBot;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.SessionController;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unmodified client libraries hold a conversation: JDA, discord.js and a person at the REST API. */
@ExtendWith(LocalCloudExtension.class)
class StockClientsTest {

    private static final long DEADLINE_SECONDS = 30;

    private final LocalCloud cloud;
    private final People people;

    StockClientsTest(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
    }

    @Test
    void jdaAndDiscordJsAnswerAPersonAndHearEachOther() throws Exception {
        // Given
        Person person = people.user();
        Place place = people.guild(person);
        Person jdaBot = people.bot(person, place);
        Person jsBot = people.bot(person, place);
        PongListener listener = new PongListener();
        JDA jda = JDABuilder.createLight(jdaBot.token(), GatewayIntent.GUILD_MESSAGES, GatewayIntent.MESSAGE_CONTENT)
                .setRestConfig(new RestConfig().setBaseUrl(cloud.baseUrl() + "/api/v10/"))
                .setSessionController(sessionController())
                .addEventListeners(listener)
                .build();
        try (DiscordJsBot js = DiscordJsBot.start(cloud.baseUrl(), jsBot.token());
                GatewayClient watcher = GatewayClient.ready(cloud.gatewayUrl(), person.token(), 513)) {
            jda.awaitReady();
            assertThat(js.await("ready")).isEqualTo("ready " + jsBot.id() + " " + place.guildId());
            assertThat(jda.getGuildById(place.guildId())).isNotNull();
            assertThat(jda.getTextChannelById(place.channelId())).isNotNull();

            // When
            people.say(person, place.channelId(), "ping 1");

            // Then
            watcher.awaitMessage("ping 1");
            assertThat(js.await("message ping 1")).isNotNull();
            assertThat(listener.await("ping 1")).isEqualTo("ping 1");
            assertThat(listener.await("js-pong 1")).isEqualTo("js-pong 1");
            assertThat(js.await("message jda-pong 1")).isEqualTo("message jda-pong 1");
        } finally {
            jda.shutdownNow();
            assertThat(jda.awaitShutdown(java.time.Duration.ofSeconds(10))).isTrue();
        }
    }

    private SessionController sessionController() {
        return new SessionControllerAdapter() {
            @Override
            public String getGateway() {
                return cloud.gatewayUrl();
            }
        };
    }

    private static final class PongListener extends ListenerAdapter {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void onMessageReceived(MessageReceivedEvent event) {
            String content = event.getMessage().getContentRaw();
            heard.add(content);
            if (content.startsWith("ping ")) {
                event.getMessage().reply("jda-pong " + content.substring(5)).queue();
            }
        }

        /** The next message with this content. */
        String await(String content) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            String message = "";
            while (!message.equals(content)) {
                message = heard.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (message == null) {
                    throw new AssertionError("JDA did not hear \"" + content + "\"");
                }
            }
            return message;
        }
    }
}
