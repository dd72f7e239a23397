package dev.parley.guild;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A role; the one of everyone has the guild's id.
 *
 * @param botId the bot that the role was made for; such a role is managed
 */
public record Role(
        Snowflake id,
        String name,
        @JsonSerialize(using = ToStringSerializer.class) long permissions,
        int position,
        int color,
        boolean hoist,
        boolean mentionable,
        @Nullable Snowflake botId) {

    /** The same role at another position. */
    Role at(int newPosition) {
        return new Role(id, name, permissions, newPosition, color, hoist, mentionable, botId);
    }

    /** The role as clients see it (Discord documentation, "Role Object"). */
    public ObjectNode body() {
        ObjectNode body = (ObjectNode) Json.tree(this);
        body.remove("bot_id");
        body.put("managed", botId != null);
        body.put("flags", 0);
        body.putNull("icon");
        body.putNull("unicode_emoji");
        ObjectNode colors = body.putObject("colors");
        colors.put("primary_color", color);
        colors.putNull("secondary_color");
        colors.putNull("tertiary_color");
        if (botId != null) {
            body.putObject("tags").put("bot_id", botId.toString());
        }
        return body;
    }
}
