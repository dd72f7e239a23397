package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.Bot;
import dev.parley.local.client.FileClient;
import dev.parley.local.client.FileClient.Upload;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.Library;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    @ParameterizedTest
    @EnumSource
    void aLibraryDownloadsTenMegabytesAndSendsThemBackUnchanged(Library library) throws Exception {
        // Given
        Person person = people.user();
        Place place = people.guild(person);
        byte[] bytes = new byte[10_000_000];
        new Random(10).nextBytes(bytes);
        FileClient files = new FileClient(cloud.baseUrl());
        try (Bot bot = library.start(cloud, people.bot(person, place).token());
                GatewayClient watcher = GatewayClient.ready(cloud.gatewayUrl(), person.token(), 513)) {
            bot.await("ready");

            // When
            files.send(
                            "POST",
                            "/channels/" + place.channelId() + "/messages",
                            person.token(),
                            Map.of("content", "echo"),
                            List.of(Upload.first("ten.bin", "application/octet-stream", bytes)))
                    .expect(200);

            // Then
            JsonNode echo = watcher.awaitMessage("echoed by " + library);
            JsonNode file = echo.findValue("attachments").path(0);
            assertThat(file.path("filename").asText()).isEqualTo("ten.bin");
            assertThat(files.get(file.path("url").asText()).body()).isEqualTo(bytes);
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
