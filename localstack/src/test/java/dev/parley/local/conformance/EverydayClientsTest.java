package dev.parley.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.parley.local.LocalCloud;
import dev.parley.local.LocalCloudExtension;
import dev.parley.local.client.Bot;
import dev.parley.local.client.Caller;
import dev.parley.local.client.EverydayBots;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bots of unmodified libraries do what bots do every day, and their caches hear of all of it. */
@ExtendWith(LocalCloudExtension.class)
class EverydayClientsTest {

    private static final long ADMINISTRATOR = 1 << 3;
    private static final List<String> STEPS = List.of(
            "roles",
            "channels",
            "send",
            "edit",
            "read",
            "react",
            "thread",
            "pin",
            "webhook",
            "emoji",
            "timeout",
            "ban",
            "audit",
            "delete",
            "file",
            "search");

    private final LocalCloud cloud;
    private final RestClient rest;
    private final People people;
    private Person friend;
    private Person stranger;

    EverydayClientsTest(LocalCloud cloud) {
        this.cloud = cloud;
        rest = new RestClient(cloud.baseUrl());
        people = new People(rest);
    }

    @BeforeEach
    void meet() {
        friend = people.user();
        stranger = people.user();
    }

    @Test
    void discordJsRunsAGuildOfItsOwn() throws Exception {
        Person account = people.bot(friend, people.guild(friend));
        try (Bot bot = EverydayBots.discordJs(cloud, account.token())) {
            assertThat(bot.await("")).isEqualTo("ok guild");
            live(bot, account);
            assertThat(bot.await("")).isEqualTo("ok leave");
            assertThat(bot.await("")).isEqualTo("ok gateway");
        }
    }

    @Test
    void jdaRunsAGuildOfAPerson() {
        Person owner = people.user();
        Person account = people.bot(owner, people.guild(owner), ADMINISTRATOR);
        try (Bot bot = EverydayBots.jda(cloud, account.token())) {
            live(bot, account);
        }
    }

    private void live(Bot bot, Person account) {
        String code = bot.await("").replace("invite ", "");
        List.of(friend, stranger)
                .forEach(guest ->
                        rest.post("/invites/" + code, guest.token(), Map.of()).expect(200));
        assertThat(bot.await("")).isEqualTo("ok invite");

        List<String> told = new ArrayList<>();
        STEPS.forEach(step -> told.add(bot.await("")));
        assertThat(told).isEqualTo(STEPS.stream().map(step -> "ok " + step).toList());

        String[] registered = bot.await("").split(" ", -1);
        assertThat(registered).hasSize(3).startsWith("registered");
        Place place = new Place(registered[1], registered[2]);
        try (GatewayClient watcher = GatewayClient.ready(cloud.gatewayUrl(), friend.token(), 513)) {
            new Caller(rest, friend, account.id(), place).use("greet", whom()).expect(204);
            watcher.awaitMessage("hello " + friend.name());
        }
        assertThat(bot.await("")).isEqualTo("ok command");
    }

    private ArrayNode whom() {
        ArrayNode options = Json.array();
        options.addObject().put("type", 6).put("name", "who").put("value", friend.id());
        return options;
    }
}
