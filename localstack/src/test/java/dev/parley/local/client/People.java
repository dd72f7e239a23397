package dev.parley.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Users, bots and guilds for tests; every name is new, so that tests can share one system. */
public final class People {

    private final RestClient rest;

    public People(RestClient rest) {
        this.rest = rest;
    }

    /** Somebody with a token. */
    public record Person(String id, String name, String token) {}

    /** A guild with its first channel. */
    public record Place(String guildId, String channelId) {}

    /** A new user. */
    public Person user() {
        String name = "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        JsonNode body = rest.post(
                        "/auth/register",
                        null,
                        Map.of("username", name, "email", name + "@example.com", "password", "correct horse"))
                .expect(201);
        return new Person(
                body.path("id").asText(),
                name,
                body.path("tokens").path("access_token").asText());
    }

    /** A guild of that owner, which does not say who joins: a test finds only what it said itself. */
    public Place guild(Person owner) {
        JsonNode guild = rest.post("/guilds", owner.token(), Map.of("name", "a guild", "system_channel_flags", 1))
                .expect(201);
        return new Place(
                guild.path("id").asText(),
                guild.path("channels").get(0).path("id").asText());
    }

    /** Lets users into a guild. */
    public void join(Place place, Person host, List<Person> guests) {
        String code = rest.post("/channels/" + place.channelId() + "/invites", host.token(), Map.of("max_uses", 0))
                .expect(200)
                .path("code")
                .asText();
        guests.forEach(
                guest -> rest.post("/invites/" + code, guest.token(), Map.of()).expect(200));
    }

    /** A bot of that owner in the owner's guild; its token has no scheme before it. */
    public Person bot(Person owner, Place place) {
        return bot(owner, place, 68608);
    }

    /** As {@link #bot(Person, Place)}, with permissions. */
    public Person bot(Person owner, Place place, long permissions) {
        String name = "bot" + UUID.randomUUID().toString().substring(0, 8);
        String id = rest.post("/applications", owner.token(), Map.of("name", name))
                .expect(201)
                .path("id")
                .asText();
        String token = rest.post("/applications/" + id + "/bot/reset", owner.token(), Map.of())
                .expect(200)
                .path("token")
                .asText();
        rest.post(
                        "/oauth2/authorize?client_id=" + id + "&scope=bot&permissions=" + permissions,
                        owner.token(),
                        Map.of("guild_id", place.guildId(), "authorize", true))
                .expect(200);
        return new Person(id, name, token);
    }

    /** Sends a message and gives it back. */
    public JsonNode say(Person author, String channelId, String content) {
        return rest.post(
                        "/channels/" + channelId + "/messages",
                        author.token(),
                        Json.object().put("content", content))
                .expect(200);
    }
}
