package dev.parley.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.client.Caller;
import dev.parley.local.client.GatewayClient;
import dev.parley.local.client.People.Person;
import dev.parley.protocol.Json;

/** Every operation of users, applications, commands, interactions and webhooks, once. */
final class ApplicationWalk {

    private static final String COMMAND = "{\"name\": \"ping\", \"description\": \"says pong\"}";

    private final Walk walk;
    private final Person owner;
    private final Person bot;

    ApplicationWalk(Walk walk) {
        this.walk = walk;
        owner = walk.owner;
        bot = walk.bot;
    }

    void run() {
        users();
        applications();
        commands("/applications/" + bot.id() + "/commands");
        commands("/applications/" + bot.id() + walk.guild + "/commands");
        permissions("/applications/" + bot.id() + walk.guild + "/commands");
        webhooks();
        interactions();
    }

    private void users() {
        walk.call("get /gateway", owner);
        walk.call("get /gateway/bot", bot);
        walk.call("get /users/@me", owner);
        walk.send("patch /users/@me", owner, "{\"global_name\": \"shown\"}");
        walk.call("get /users/" + walk.guest.id(), owner);
        walk.call("get /users/@me/connections", owner);
        Person third = walk.people.user();
        walk.people.join(walk.place, owner, java.util.List.of(third));
        walk.send("post /users/@me/channels", owner, "{\"recipient_id\": \"" + walk.guest.id() + "\"}");
        String group = walk.make("post /users/@me/channels", owner, """
                {"recipients": ["%s", "%s"]}""".formatted(walk.guest.id(), third.id()));
        Person fourth = walk.people.user();
        walk.people.join(walk.place, owner, java.util.List.of(fourth));
        walk.call("put /channels/" + group + "/recipients/" + fourth.id(), owner);
        walk.call("delete /channels/" + group + "/recipients/" + fourth.id(), owner);
    }

    private void applications() {
        walk.call("get /oauth2/@me", bot);
        walk.call("get /oauth2/applications/@me", bot);
        walk.call("get /applications/@me", bot);
        walk.send("patch /applications/@me", bot, "{\"description\": \"what it does\"}");
        walk.call("get /applications/" + bot.id(), bot);
        walk.send("patch /applications/" + bot.id(), bot, "{\"description\": \"what it does now\"}");
    }

    private void commands(String commands) {
        String command = walk.make("post " + commands, bot, COMMAND);
        walk.call("get " + commands, bot);
        walk.call("get " + commands + "/" + command, bot);
        walk.send("patch " + commands + "/" + command, bot, "{\"description\": \"still says pong\"}");
        walk.call("delete " + commands + "/" + command, bot);
        walk.send("put " + commands, bot, "[" + COMMAND + "]");
    }

    private void permissions(String commands) {
        String command = walk.make("post " + commands, bot, COMMAND);
        walk.send("put " + commands + "/" + command + "/permissions", owner, """
                {"permissions": [{"id": "%s", "type": 2, "permission": true}]}""".formatted(owner.id()));
        walk.call("get " + commands + "/" + command + "/permissions", bot);
        walk.call("get " + commands + "/permissions", bot);
    }

    private void webhooks() {
        JsonNode webhook = walk.send("post " + walk.channel + "/webhooks", owner, "{\"name\": \"hook\"}");
        String byId = "/webhooks/" + webhook.path("id").asText();
        String byToken = byId + "/" + webhook.path("token").asText();
        walk.call("get " + walk.channel + "/webhooks", owner);
        walk.call("get " + walk.guild + "/webhooks", owner);
        walk.call("get " + byId, owner);
        walk.send("patch " + byId, owner, "{\"name\": \"renamed\"}");
        walk.call("get " + byToken, owner);
        walk.send("patch " + byToken, owner, "{\"name\": \"renamed again\"}");
        String message = walk.make("post " + byToken + "?wait=true", owner, "{\"content\": \"from a hook\"}");
        walk.send("post " + byToken, owner, "{\"content\": \"from a hook, not waited for\"}");
        walk.send("post " + byToken + "/slack?wait=true", owner, "{\"text\": \"from Slack\"}");
        walk.call("get " + byToken + "/messages/" + message, owner);
        walk.send("patch " + byToken + "/messages/" + message, owner, "{\"content\": \"edited\"}");
        walk.call("delete " + byToken + "/messages/" + message, owner);
        walk.call("delete " + byToken, owner);
        String second = walk.make("post " + walk.channel + "/webhooks", owner, "{\"name\": \"second\"}");
        walk.call("delete /webhooks/" + second, owner);
    }

    private void interactions() {
        try (GatewayClient gateway = GatewayClient.ready(walk.cloud.gatewayUrl(), bot.token(), 1)) {
            new Caller(walk.rest, owner, bot.id(), walk.place)
                    .use("ping", Json.array())
                    .expect(204);
            JsonNode asked = gateway.awaitDispatch("INTERACTION_CREATE").path("d");
            String token = asked.path("token").asText();
            walk.send(
                    "post /interactions/" + asked.path("id").asText() + "/" + token + "/callback?with_response=true",
                    bot,
                    "{\"type\": 4, \"data\": {\"content\": \"pong\"}}");
            String messages = "/webhooks/" + bot.id() + "/" + token + "/messages/@original";
            walk.call("get " + messages, bot);
            walk.send("patch " + messages, bot, "{\"content\": \"pong, edited\"}");
            walk.call("delete " + messages, bot);
        }
    }
}
