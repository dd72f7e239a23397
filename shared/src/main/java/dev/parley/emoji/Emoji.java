package dev.parley.emoji;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.Collection;
import java.util.List;

/**
 * A custom emoji.
 *
 * @param user who made it
 * @param roles whose members may use it; everybody when empty
 */
public record Emoji(Snowflake id, String name, boolean animated, User user, List<Snowflake> roles) {

    /** The emoji as a guild lists it (Discord documentation, "Emoji Object"). */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("name", name);
        ArrayNode roleIds = body.putArray("roles");
        roles.forEach(role -> roleIds.add(role.toString()));
        body.put("require_colons", true);
        body.put("managed", false);
        body.put("animated", animated);
        body.put("available", true);
        return body;
    }

    /** The same for those who may know who made it. */
    ObjectNode bodyWithUser() {
        ObjectNode body = body();
        body.set("user", Json.tree(user));
        return body;
    }

    /** Emojis as a guild lists them. */
    public static ArrayNode bodies(Collection<Emoji> emojis) {
        ArrayNode bodies = Json.array();
        emojis.forEach(emoji -> bodies.add(emoji.body()));
        return bodies;
    }

    Emoji with(String newName, List<Snowflake> newRoles) {
        return new Emoji(id, newName, animated, user, newRoles);
    }
}
