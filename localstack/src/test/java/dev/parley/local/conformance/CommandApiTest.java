package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands of applications, through the REST API. */
@ExtendWith(LocalCloudExtension.class)
class CommandApiTest {

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person owner;
    private Person member;
    private Person bot;
    private Place place;

    CommandApiTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        owner = people.user();
        member = people.user();
        place = people.guild(owner);
        people.join(place, owner, List.of(member));
        bot = people.bot(owner, place);
    }

    @Test
    void aCommandIsRegisteredReadChangedAndRemoved() {
        // When
        JsonNode command = post(global(), slash("ping")).expect(201);

        // Then
        assertThat(command.path("type").asInt()).isEqualTo(1);
        assertThat(command.path("application_id").asText()).isEqualTo(bot.id());
        assertThat(command.path("default_member_permissions").isNull()).isTrue();
        assertThat(command.path("dm_permission").asBoolean()).isTrue();
        assertThat(command.path("nsfw").asBoolean(true)).isFalse();
        assertThat(command.path("options")).isEmpty();
        String path = global() + "/" + command.path("id").asText();
        assertThat(rest.get(path, owner.token()).expect(200)).isEqualTo(command);
        JsonNode changed = rest.send(
                        "PATCH",
                        path,
                        bot(),
                        Map.of("description", "changed", "default_member_permissions", "8", "nsfw", true))
                .expect(200);
        assertThat(changed.path("description").asText()).isEqualTo("changed");
        assertThat(changed.path("default_member_permissions").asText()).isEqualTo("8");
        assertThat(changed.path("name")).isEqualTo(command.path("name"));
        assertThat(changed.path("version")).isNotEqualTo(command.path("version"));
        rest.send("DELETE", path, bot(), null).expect(204);
        assertThat(code(rest.get(path, bot()), 404)).isEqualTo(10063);
        assertThat(rest.get(global(), bot()).expect(200)).isEmpty();
    }

    @Test
    void aSecondCommandOfTheNameReplacesTheFirstAndKeepsItsId() {
        // Given
        JsonNode first = post(guild(), slash("ping")).expect(201);

        // When
        JsonNode second =
                post(guild(), slash("ping").put("description", "better")).expect(200);
        JsonNode context =
                post(guild(), Json.object().put("name", "ping").put("type", 2)).expect(201);

        // Then
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.path("guild_id").asText()).isEqualTo(place.guildId());
        assertThat(rest.get(guild() + "?with_localizations=true", bot()).expect(200))
                .containsExactly(second, context);
        assertThat(rest.get(global(), bot()).expect(200)).isEmpty();
    }

    @Test
    void aBulkOverwriteKeepsWhatStaysAndRemovesTheRest() {
        // Given
        JsonNode kept = post(guild(), slash("kept")).expect(201);
        post(guild(), slash("gone")).expect(201);

        // When
        JsonNode all = rest.send(
                        "PUT", guild(), bot(), Json.array().add(slash("kept")).add(slash("new")))
                .expect(200);

        // Then
        assertThat(all.get(0)).isEqualTo(kept);
        assertThat(all.findValuesAsText("name")).containsExactly("kept", "new");
        assertThat(rest.get(guild() + "?with_localizations=true", bot()).expect(200))
                .isEqualTo(all);
        Reply twice =
                rest.send("PUT", guild(), bot(), Json.array().add(slash("same")).add(slash("same")));
        assertThat(code(twice, 400)).isEqualTo(50035);
        assertThat(twice.body().at("/errors/1/name/_errors/0/code").asText())
                .isEqualTo("APPLICATION_COMMANDS_DUPLICATE_NAME");
        assertThat(rest.send("PUT", guild(), bot(), Json.array()).expect(200)).isEmpty();
    }

    @Test
    void optionsNestAndKeepTheirRules() {
        // Given
        ObjectNode command = slash("settings");
        ObjectNode group = command.putArray("options")
                .addObject()
                .put("type", 2)
                .put("name", "user")
                .put("description", "of users");
        ObjectNode sub = group.putArray("options")
                .addObject()
                .put("type", 1)
                .put("name", "add")
                .put("description", "adds");
        ArrayNode options = sub.putArray("options");
        options.addObject()
                .put("type", 3)
                .put("name", "color")
                .put("description", "which")
                .put("required", true)
                .putArray("choices")
                .addObject()
                .put("name", "Red")
                .put("value", "red");
        options.addObject()
                .put("type", 4)
                .put("name", "count")
                .put("description", "how many")
                .put("min_value", 1)
                .put("max_value", 10);

        // When
        JsonNode stored = post(guild(), command).expect(201);

        // Then
        JsonNode inner = stored.at("/options/0/options/0/options");
        assertThat(inner.at("/0/choices/0/value").asText()).isEqualTo("red");
        assertThat(inner.at("/0/required").asBoolean()).isTrue();
        assertThat(inner.at("/1/max_value").asInt()).isEqualTo(10);
    }

    @Test
    void aWrongCommandSaysWhereItIsWrong() {
        // Given
        ObjectNode command = slash("fine");
        ArrayNode options = command.putArray("options");
        options.addObject().put("type", 3).put("name", "first").put("description", "optional");
        options.addObject()
                .put("type", 3)
                .put("name", "Second")
                .put("description", "required")
                .put("required", true);
        options.addObject().put("type", 1).put("name", "sub").put("description", "a sub-command");

        // When
        Reply reply = post(guild(), command);

        // Then
        assertThat(code(reply, 400)).isEqualTo(50035);
        JsonNode errors = reply.body().path("errors").path("options");
        assertThat(errors.at("/1/name/_errors/0/code").asText()).isEqualTo("APPLICATION_COMMAND_INVALID_NAME");
        assertThat(errors.at("/1/required/_errors/0/code").asText())
                .isEqualTo("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID");
        assertThat(errors.at("/2/type/_errors/0/code").asText()).isEqualTo("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID");
    }

    @Test
    void namesAndSizesHaveLimits() {
        for (String name : List.of("", "Ping", "two words", "x".repeat(33), "a/b")) {
            assertThat(code(post(guild(), slash(name)), 400)).as(name).isEqualTo(50035);
        }
        for (String name : List.of("x".repeat(32), "été", "สวัสดี", "a-b_c'd")) {
            assertThat(post(guild(), slash(name)).status()).as(name).isEqualTo(201);
        }
        assertThat(code(post(guild(), slash("long").put("description", "x".repeat(101))), 400))
                .isEqualTo(50035);
        assertThat(code(post(guild(), Json.object().put("name", "none")), 400)).isEqualTo(50035);
        assertThat(post(guild(), Json.object().put("name", "Report User").put("type", 2))
                        .status())
                .isEqualTo(201);
        assertThat(code(
                        post(
                                guild(),
                                Json.object()
                                        .put("name", "Report User")
                                        .put("type", 2)
                                        .put("description", "text")),
                        400))
                .isEqualTo(50035);
        assertThat(code(post(guild(), tooLarge()), 400)).isEqualTo(50035);
    }

    @Test
    void aScopeHasAHundredSlashCommandsAndFifteenOfEachOtherType() {
        // Given
        ArrayNode full = Json.array();
        for (int i = 0; i < 100; i++) {
            full.add(slash("command-" + i));
        }
        for (int i = 0; i < 15; i++) {
            full.add(Json.object().put("name", "User " + i).put("type", 2));
            full.add(Json.object().put("name", "Message " + i).put("type", 3));
        }

        // When
        assertThat(rest.send("PUT", guild(), bot(), full).expect(200)).hasSize(130);

        // Then
        assertThat(code(post(guild(), slash("one-more")), 400)).isEqualTo(30032);
        assertThat(code(post(guild(), Json.object().put("name", "More").put("type", 2)), 400))
                .isEqualTo(30032);
        assertThat(post(guild(), slash("command-1").put("description", "other")).status())
                .isEqualTo(200);
        assertThat(post(global(), slash("one-more")).status()).isEqualTo(201);
    }

    @Test
    void anApplicationsCommandsAreItsBotsAndItsOwners() {
        // Given
        String id = post(guild(), slash("ping")).expect(201).path("id").asText();
        Person otherBot = people.bot(owner, place);

        // Then
        assertThat(code(rest.get(global(), member.token()), 403)).isEqualTo(20012);
        assertThat(code(rest.post(guild(), "Bot " + otherBot.token(), slash("x")), 403))
                .isEqualTo(20012);
        assertThat(code(rest.get("/applications/1/commands", bot()), 404)).isEqualTo(10002);
        assertThat(code(rest.get(global() + "/" + id, bot()), 404)).isEqualTo(10063);
        assertThat(code(rest.get("/applications/" + otherBot.id() + "/commands/" + id, "Bot " + otherBot.token()), 404))
                .isEqualTo(10063);
        Place elsewhere = people.guild(member);
        assertThat(code(
                        rest.get("/applications/" + bot.id() + "/guilds/" + elsewhere.guildId() + "/commands", bot()),
                        403))
                .isEqualTo(50001);
    }

    @Test
    void listsHaveOtherLanguagesWhenAskedForThem() {
        // Given
        ObjectNode command = slash("ping");
        command.putObject("name_localizations").put("de", "klingeln");
        JsonNode stored = post(guild(), command).expect(201);

        // Then
        assertThat(stored.at("/name_localizations/de").asText()).isEqualTo("klingeln");
        assertThat(rest.get(guild(), bot()).expect(200).get(0).has("name_localizations"))
                .isFalse();
        assertThat(rest.get(guild() + "?with_localizations=true", bot()).expect(200))
                .containsExactly(stored);
        ObjectNode wrong = slash("pong");
        wrong.putObject("name_localizations").put("deutsch", "klingeln");
        assertThat(code(post(guild(), wrong), 400)).isEqualTo(50035);
    }

    @Test
    void usersFindTheCommandsOfTheirGuild() {
        // Given
        JsonNode everywhere = post(global(), slash("everywhere")).expect(201);
        JsonNode here = post(guild(), slash("here")).expect(201);
        JsonNode admins = post(guild(), slash("hidden").put("default_member_permissions", "0"))
                .expect(201);

        // When
        JsonNode index = rest.get("/guilds/" + place.guildId() + "/application-command-index", member.token())
                .expect(200);

        // Then
        assertThat(index.path("application_commands")).containsExactly(everywhere, here, admins);
        assertThat(index.at("/applications/0/id").asText()).isEqualTo(bot.id());
        assertThat(search(member, "?type=1").findValuesAsText("name")).contains("everywhere", "here");
        assertThat(search(member, "?type=1").findValuesAsText("name")).doesNotContain("hidden");
        assertThat(search(owner, "?type=1&query=HI")).containsExactly(admins);
        assertThat(search(owner, "?type=1&limit=1")).hasSize(1);
        assertThat(search(owner, "?type=2")).isEmpty();
        Person stranger = people.user();
        assertThat(code(rest.get("/guilds/" + place.guildId() + "/application-command-index", stranger.token()), 404))
                .isEqualTo(10004);
    }

    @Test
    void aGuildsManagersSayWhoMayUseACommand() {
        // Given
        String id = post(guild(), slash("ping")).expect(201).path("id").asText();
        String path = guild() + "/" + id + "/permissions";
        ObjectNode form = Json.object();
        form.putArray("permissions")
                .addObject()
                .put("id", member.id())
                .put("type", 2)
                .put("permission", false);
        assertThat(code(rest.get(path, bot()), 404)).isEqualTo(10066);

        try (GatewayClient client = GatewayClient.ready(cloud.gatewayUrl(), bot.token(), 1);
                GatewayClient manager = GatewayClient.ready(cloud.gatewayUrl(), owner.token(), 1 | 1 << 2)) {
            manager.awaitDispatch("GUILD_CREATE");
            client.awaitDispatch("GUILD_CREATE");

            // When
            JsonNode said = rest.send("PUT", path, owner.token(), form).expect(200);

            // Then
            assertThat(said.path("permissions")).isEqualTo(form.path("permissions"));
            assertThat(client.awaitDispatch("APPLICATION_COMMAND_PERMISSIONS_UPDATE")
                            .path("d"))
                    .isEqualTo(said);
            assertThat(manager.awaitDispatch("GUILD_AUDIT_LOG_ENTRY_CREATE")
                            .at("/d/action_type")
                            .asInt())
                    .isEqualTo(121);
            assertThat(rest.get(path, bot()).expect(200)).isEqualTo(said);
            assertThat(rest.get(guild() + "/permissions", bot()).expect(200)).containsExactly(said);
            assertThat(search(member, "?type=1")).isEmpty();
            assertThat(search(owner, "?type=1")).hasSize(1);
        }
        assertThat(code(rest.send("PUT", path, member.token(), form), 403)).isEqualTo(50013);
        assertThat(code(rest.send("PUT", path, bot(), form), 403)).isEqualTo(20001);
    }

    private JsonNode search(Person who, String query) {
        return rest.get("/channels/" + place.channelId() + "/application-commands/search" + query, who.token())
                .expect(200)
                .path("application_commands");
    }

    private static ObjectNode slash(String name) {
        return Json.object().put("name", name).put("description", "does something");
    }

    /** Twenty-five choices of 320 characters, and some more. */
    private static ObjectNode tooLarge() {
        ObjectNode command = slash("large");
        ArrayNode choices = command.putArray("options")
                .addObject()
                .put("type", 3)
                .put("name", "option")
                .put("description", "many choices")
                .putArray("choices");
        for (int i = 0; i < 25; i++) {
            choices.addObject().put("name", "choice " + i).put("value", "x".repeat(320));
        }
        return command;
    }

    private Reply post(String path, ObjectNode command) {
        return rest.post(path, bot(), command);
    }

    private String bot() {
        return "Bot " + bot.token();
    }

    private String global() {
        return "/applications/" + bot.id() + "/commands";
    }

    private String guild() {
        return "/applications/" + bot.id() + "/guilds/" + place.guildId() + "/commands";
    }

    private static int code(Reply reply, int status) {
        return reply.expect(status).path("code").asInt(-1);
    }
}
