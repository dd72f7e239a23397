package dev.parley.local.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.local.client.People;
import dev.parley.local.client.People.Person;
import dev.parley.local.client.People.Place;
import dev.parley.local.client.Pictures;
import dev.parley.local.client.RestClient;
import dev.parley.local.client.RestClient.Reply;
import dev.parley.protocol.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A guild with one of everything, each named with a mark. What has the mark "hidden" nobody may see but who owns the guild;
 * what has the mark "inside", its members may.
 */
final class Target {

    private static final String VIEW_CHANNEL = "1024";

    private final RestClient rest;
    private final Person owner;
    private final String hidden;
    private final String inside;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private Person bot = new Person("", "", "");

    private Target(RestClient rest, Person owner, String mark) {
        this.rest = rest;
        this.owner = owner;
        hidden = mark + "hidden";
        inside = mark + "inside";
    }

    /** A guild of that owner and with these members, who were there before anything else. */
    static Target make(RestClient rest, People people, Person owner, List<Person> members, String mark) {
        Target target = new Target(rest, owner, mark);
        Place place = people.guild(owner);
        people.join(place, owner, members);
        target.fill(people, place, people.user());
        return target;
    }

    Person owner() {
        return owner;
    }

    Person bot() {
        return bot;
    }

    String hidden() {
        return hidden;
    }

    String inside() {
        return inside;
    }

    /** Ids by the name of the path parameter that they stand for. */
    Map<String, String> ids() {
        return ids;
    }

    /** All ids and the like, for fields of bodies. */
    List<String> all() {
        return List.copyOf(ids.values());
    }

    private void fill(People people, Place place, Person banned) {
        String guild = "/guilds/" + place.guildId();
        ids.put("guild_id", place.guildId());
        ids.put("user_id", owner.id());
        ids.put("visible_channel_id", place.channelId());
        send("PATCH", "/channels/" + place.channelId(), Map.of("name", inside, "topic", inside));
        ObjectNode form = Json.object().put("name", hidden).put("topic", hidden).put("type", 0);
        form.putArray("permission_overwrites")
                .addObject()
                .put("id", place.guildId())
                .put("type", 0)
                .put("allow", "0")
                .put("deny", VIEW_CHANNEL);
        String channel = id("channel_id", send("POST", guild + "/channels", form));
        String role = id("role_id", send("POST", guild + "/roles", Map.of("name", inside)));
        ids.put("overwrite_id", place.guildId());
        send("PATCH", guild + "/members/" + owner.id(), Map.of("nick", inside, "roles", List.of(role)));
        String message =
                id("message_id", send("POST", "/channels/" + channel + "/messages", Map.of("content", hidden)));
        id(
                "visible_message_id",
                send("POST", "/channels/" + place.channelId() + "/messages", Map.of("content", inside)));
        send("PUT", "/channels/" + channel + "/messages/pins/" + message, null);
        send("PUT", "/channels/" + channel + "/messages/" + message + "/reactions/%F0%9F%98%80/@me", null);
        id(
                "thread_id",
                send("POST", "/channels/" + channel + "/messages/" + message + "/threads", Map.of("name", hidden)));
        id(
                "private_thread_id",
                send("POST", "/channels/" + place.channelId() + "/threads", Map.of("name", hidden, "type", 12)));
        send("POST", "/channels/" + ids.get("private_thread_id") + "/messages", Map.of("content", hidden));
        JsonNode webhook = send("POST", "/channels/" + channel + "/webhooks", Map.of("name", hidden));
        id("webhook_id", webhook);
        ids.put("webhook_token", webhook.path("token").asText("none"));
        ids.put(
                "invite_code",
                send("POST", "/channels/" + channel + "/invites", Map.of("max_age", 0))
                        .path("code")
                        .asText());
        id("rule_id", send("POST", guild + "/auto-moderation/rules", rule()));
        id(
                "emoji_id",
                send(
                        "POST",
                        guild + "/emojis",
                        Map.of("name", inside, "image", Pictures.dataUri("image/png", Pictures.png()))));
        because("PUT", guild + "/bans/" + banned.id());
        ids.put("banned_id", banned.id());
        bot = people.bot(owner, place);
        ids.put("application_id", bot.id());
        id(
                "command_id",
                rest.post(
                                "/applications/" + bot.id() + "/guilds/" + place.guildId() + "/commands",
                                "Bot " + bot.token(),
                                Map.of("name", "a" + inside.substring(0, 12), "description", "d"))
                        .body());
        because("PATCH", "/channels/" + channel);
    }

    private Map<String, ?> rule() {
        return Map.of(
                "name",
                hidden,
                "event_type",
                1,
                "trigger_type",
                1,
                "enabled",
                true,
                "trigger_metadata",
                Map.of("keyword_filter", List.of(hidden + "word")),
                "actions",
                List.of(Map.of("type", 1)));
    }

    private String id(String name, JsonNode made) {
        String id = made.path("id").asText("");
        if (id.isEmpty()) {
            throw new AssertionError("No " + name + " in " + made);
        }
        ids.put(name, id);
        return id;
    }

    private void because(String method, String path) {
        accepted(rest.sendBecause(
                hidden, method, path, owner.token(), method.equals("PATCH") ? Map.of("nsfw", true) : Map.of()));
    }

    private JsonNode send(String method, String path, @Nullable Object body) {
        return accepted(rest.send(method, path, owner.token(), body));
    }

    private static JsonNode accepted(Reply reply) {
        if (reply.status() >= 300) {
            throw new AssertionError("Got " + reply.status() + " " + reply.body());
        }
        return reply.body();
    }

    /** The names of the parameters of a path, in their order. */
    static List<String> parameters(String path) {
        List<String> names = new ArrayList<>();
        Pattern.compile("\\{(\\w+)}").matcher(path).results().forEach(found -> names.add(found.group(1)));
        return names;
    }
}
