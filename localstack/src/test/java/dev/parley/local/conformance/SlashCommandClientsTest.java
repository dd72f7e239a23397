package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.Bot;
import dev.parley.local.client.Caller;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.SlashBots;
import dev.parley.protocol.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bots of unmodified libraries answer commands, buttons and modals, and speak through webhooks. */
@ExtendWith(LocalCloudExtension.class)
class SlashCommandClientsTest {

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person person;
    private Place place;
    private Person account;
    private Caller caller;

    SlashCommandClientsTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        person = people.user();
        place = people.guild(person);
        account = people.bot(person, place);
        caller = new Caller(rest, person, account.id(), place);
    }

    @Test
    void aBotOfDiscordJsAnswers() throws Exception {
        allowWebhooks();
        try (Bot bot = SlashBots.discordJs(cloud, account.token());
                GatewayClient watcher = GatewayClient.ready(cloud.gatewayUrl(), person.token(), 513)) {
            bot.await("registered 6");

            // A reply
            caller.use("greet", who()).expect(204);
            watcher.awaitMessage("hello " + person.name());
            bot.await("done greet");

            // What is half written
            ArrayNode begun = who();
            begun.addObject()
                    .put("type", 3)
                    .put("name", "how")
                    .put("value", "h")
                    .put("focused", true);
            caller.send(4, caller.slash("greet", begun)).expect(204);
            assertThat(watcher.awaitDispatch("APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE")
                            .at("/d/choices")
                            .findValuesAsText("value"))
                    .containsExactly("hello", "hi");

            // An answer that was thought about, and one more
            caller.use("slow", Json.array()).expect(204);
            assertThat(watcher.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                    .isEqualTo("thought about it");
            watcher.awaitMessage("and there is more");

            // An answer for one
            caller.use("secret", Json.array()).expect(204);
            assertThat(bot.await("secret")).isEqualTo("secret only for you");
            watcher.awaitMessage("only for you");
            assertThat(watcher.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                    .isEqualTo("still only for you");

            // A button
            caller.use("button", Json.array()).expect(204);
            String messageId = watcher.awaitMessage("press it").at("/d/id").asText();
            caller.press(messageId, "press").expect(204);
            JsonNode pressed = watcher.awaitDispatch("MESSAGE_UPDATE").path("d");
            assertThat(pressed.path("content").asText()).isEqualTo("pressed");
            assertThat(pressed.path("components")).isEmpty();

            // A modal
            caller.use("form", Json.array()).expect(204);
            JsonNode modal = watcher.awaitDispatch("INTERACTION_MODAL_CREATE").path("d");
            ObjectNode filledIn = Json.object();
            filledIn.set("id", modal.path("id"));
            filledIn.set("custom_id", modal.path("custom_id"));
            filledIn.putArray("components")
                    .addObject()
                    .put("type", 1)
                    .putArray("components")
                    .addObject()
                    .put("type", 4)
                    .put("custom_id", "color")
                    .put("value", "green");
            caller.send(5, filledIn).expect(204);
            watcher.awaitMessage("so green");

            // A webhook
            caller.use("hook", Json.array()).expect(204);
            JsonNode said = watcher.awaitMessage("hear ye").path("d");
            assertThat(said.at("/author/username").asText()).isEqualTo("crier");
            assertThat(said.path("webhook_id")).isEqualTo(said.at("/author/id"));
            assertThat(watcher.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                    .isEqualTo("hear ye all");
            assertThat(bot.await("hooked")).isEqualTo("hooked crier 1");
            assertThat(watcher.awaitDispatch("MESSAGE_DELETE").at("/d/id")).isEqualTo(said.path("id"));
            assertThat(bot.awaitAll("done hook")).noneMatch(line -> line.startsWith("error"));
        }
    }

    @Test
    void aBotOfJdaAnswers() {
        try (Bot bot = SlashBots.jda(cloud, account.token());
                GatewayClient watcher = GatewayClient.ready(cloud.gatewayUrl(), person.token(), 513)) {
            assertThat(bot.await("registered")).isEqualTo("registered 2");

            // A reply with a button
            ArrayNode options = who();
            options.addObject().put("type", 3).put("name", "how").put("value", "welcome");
            caller.use("greet", options).expect(204);
            JsonNode greeting = watcher.awaitMessage("welcome " + person.name()).path("d");
            caller.press(greeting.path("id").asText(), "press").expect(204);
            assertThat(watcher.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                    .isEqualTo("pressed");
            assertThat(bot.awaitAll("done press")).noneMatch(line -> line.startsWith("error"));

            // An answer that was thought about, and one more
            caller.use("slow", Json.array()).expect(204);
            assertThat(watcher.awaitDispatch("MESSAGE_UPDATE").at("/d/content").asText())
                    .isEqualTo("thought about it");
            watcher.awaitMessage("and there is more");
            assertThat(bot.await("done slow")).isEqualTo("done slow and there is more");
        }
    }

    private ArrayNode who() {
        ArrayNode options = Json.array();
        options.addObject().put("type", 6).put("name", "who").put("value", person.id());
        return options;
    }

    private void allowWebhooks() {
        String role = rest.post(
                        "/guilds/" + place.guildId() + "/roles",
                        person.token(),
                        Json.object().put("permissions", Long.toString(1L << 29)))
                .expect(200)
                .path("id")
                .asText();
        String path = "/guilds/" + place.guildId() + "/members/" + account.id() + "/roles/" + role;
        rest.send("PUT", path, person.token(), null).expect(204);
    }
}
