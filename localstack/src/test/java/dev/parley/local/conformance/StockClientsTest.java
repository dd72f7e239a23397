package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.Bot;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.Library;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unmodified client libraries hold a conversation with a person, and with each other. */
@ExtendWith(LocalCloudExtension.class)
class StockClientsTest {

    private final LocalCloud cloud;
    private final People people;

    StockClientsTest(LocalCloud cloud) {
        this.cloud = cloud;
        people = new People(new RestClient(cloud.baseUrl()));
    }

    @ParameterizedTest
    @EnumSource
    void aLibraryKnowsItsGuildAndAnswersAPerson(Library library) throws Exception {
        // Given
        Person person = people.user();
        Place place = people.guild(person);
        Person account = people.bot(person, place);
        try (Bot bot = library.start(cloud, account.token());
                GatewayClient watcher = GatewayClient.ready(cloud.gatewayUrl(), person.token(), 513)) {
            assertThat(bot.await("ready")).isEqualTo("ready " + account.id() + " " + place.guildId());

            // When
            people.say(person, place.channelId(), "ping 1");

            // Then
            assertThat(bot.await("message")).isEqualTo("message ping 1");
            watcher.awaitMessage("pong 1 from " + library);
        }
    }

    @Test
    void jdaAndDiscordJsHearEachOther() throws Exception {
        // Given
        Person person = people.user();
        Place place = people.guild(person);
        try (Bot jda = Library.JDA.start(cloud, people.bot(person, place).token());
                Bot js = Library.DISCORD_JS.start(
                        cloud, people.bot(person, place).token())) {
            jda.await("ready");
            js.await("ready");

            // When
            people.say(person, place.channelId(), "ping 1");

            // Then
            assertThat(jda.await("message pong")).isEqualTo("message pong 1 from discord.js");
            assertThat(js.await("message pong")).isEqualTo("message pong 1 from JDA");
        }
    }
}
