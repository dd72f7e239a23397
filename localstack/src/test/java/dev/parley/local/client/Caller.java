package dev.parley.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;

/** A user's client, which uses the commands and components of one application in one channel. */
public final class Caller {

    private final RestClient rest;
    private final Person user;
    private final String applicationId;
    private final Place place;

    public Caller(RestClient rest, Person user, String applicationId, Place place) {
        this.rest = rest;
        this.user = user;
        this.applicationId = applicationId;
        this.place = place;
    }

    /** Uses a slash command that is registered, with these options. */
    public Reply use(String name, JsonNode options) {
        return send(2, slash(name, options));
    }

    /** What a client sends of a slash command. */
    public ObjectNode slash(String name, JsonNode options) {
        JsonNode command = command(name);
        ObjectNode data = Json.object();
        data.set("id", command.path("id"));
        data.set("version", command.path("version"));
        data.set("type", command.path("type"));
        data.put("name", name);
        data.set("options", options);
        return data;
    }

    /** A command that the user finds. */
    public JsonNode command(String name) {
        String path = "/channels/" + place.channelId() + "/application-commands/search?query=" + name;
        return rest.get(path, user.token())
                .expect(200)
                .path("application_commands")
                .path(0);
    }

    /** Presses a button. */
    public Reply press(String messageId, String customId) {
        ObjectNode form = form(3, Json.object().put("component_type", 2).put("custom_id", customId));
        return rest.post("/interactions", user.token(), form.put("message_id", messageId));
    }

    /** Sends an interaction of any type. */
    public Reply send(int type, ObjectNode data) {
        return rest.post("/interactions", user.token(), form(type, data));
    }

    private ObjectNode form(int type, ObjectNode data) {
        ObjectNode form = Json.object();
        form.put("type", type);
        form.put("application_id", applicationId);
        form.put("guild_id", place.guildId());
        form.put("channel_id", place.channelId());
        form.put("nonce", "nonce");
        form.put("session_id", "none");
        form.set("data", data);
        return form;
    }
}
