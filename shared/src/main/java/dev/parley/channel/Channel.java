package dev.parley.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.permission.Overwrite;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel.
 *
 * @param type {@link #TEXT}, {@link #DIRECT} or {@link #CATEGORY}
 * @param guildId null for direct messages
 * @param lastMessageId the newest message; null when there is none
 */
public record Channel(
        Snowflake id,
        int type,
        @Nullable Snowflake guildId,
        @Nullable String name,
        @Nullable String topic,
        int position,
        @Nullable Snowflake parentId,
        boolean nsfw,
        int rateLimitPerUser,
        @Nullable Snowflake lastMessageId,
        List<Overwrite> permissionOverwrites) {

    public static final int TEXT = 0;
    public static final int DIRECT = 1;
    public static final int CATEGORY = 4;
    public static final int ANNOUNCEMENT = 5;

    /** The same channel outside of its category. */
    Channel withoutParent() {
        return new Channel(
                id,
                type,
                guildId,
                name,
                topic,
                position,
                null,
                nsfw,
                rateLimitPerUser,
                lastMessageId,
                permissionOverwrites);
    }

    /** A guild's channel as clients see it (Discord documentation, "Channel Object"). */
    public ObjectNode body() {
        ObjectNode body = (ObjectNode) Json.tree(this);
        body.put("flags", 0);
        return body;
    }

    /** A direct-message channel as one of its users sees it: its recipients are the others. */
    public ObjectNode directBody(List<User> recipients) {
        ObjectNode body = Json.object();
        body.put("id", id.toString());
        body.put("type", DIRECT);
        body.put("last_message_id", lastMessageId == null ? null : lastMessageId.toString());
        body.put("flags", 0);
        ArrayNode users = body.putArray("recipients");
        recipients.forEach(user -> users.add(Json.tree(user)));
        return body;
    }
}
