package dev.parley.channel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.permission.Overwrite;
import dev.parley.protocol.Json;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel.
 *
 * @param type {@link #TEXT}, {@link #DIRECT}, {@link #GROUP}, {@link #CATEGORY}, {@link #ANNOUNCEMENT}, or one of the
 *     three kinds of thread
 * @param guildId null for direct messages
 * @param parentId the category, or the channel that a thread is in
 * @param lastMessageId the newest message; null when there is none
 * @param permissionOverwrites none for threads: those of the channel that they are in count
 * @param defaultAutoArchiveDuration minutes that clients offer for new threads; null for none
 * @param defaultThreadRateLimitPerUser seconds between messages of one user in new threads
 * @param thread what makes it a thread; null for what is none
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
        List<Overwrite> permissionOverwrites,
        @Nullable Integer defaultAutoArchiveDuration,
        int defaultThreadRateLimitPerUser,
        @JsonIgnore @Nullable ThreadState thread) {

    public static final int TEXT = 0;
    public static final int DIRECT = 1;
    public static final int GROUP = 3;
    public static final int CATEGORY = 4;
    public static final int ANNOUNCEMENT = 5;
    public static final int ANNOUNCEMENT_THREAD = 10;
    public static final int PUBLIC_THREAD = 11;
    public static final int PRIVATE_THREAD = 12;

    /** A channel of a guild that is no thread. */
    public Channel(
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
        this(
                id,
                type,
                guildId,
                name,
                topic,
                position,
                parentId,
                nsfw,
                rateLimitPerUser,
                lastMessageId,
                permissionOverwrites,
                null,
                0,
                null);
    }

    /** The logical shard that has what is said there. */
    public LogicalShard shard() {
        return LogicalShard.of(guildId, id);
    }

    /** Whether messages are sent there: not in a category. */
    public boolean takesMessages() {
        return type != CATEGORY;
    }

    /** Whether it is in another channel and has no permissions of its own. */
    @JsonIgnore
    public boolean isThread() {
        return thread != null;
    }

    /** The same channel outside of its category. */
    Channel withoutParent() {
        return at(position, null);
    }

    /** The same channel with another name, and seconds between two messages of one user. */
    public Channel named(String newName, int newRateLimitPerUser) {
        return new Channel(
                id,
                type,
                guildId,
                newName,
                topic,
                position,
                parentId,
                nsfw,
                newRateLimitPerUser,
                lastMessageId,
                permissionOverwrites,
                defaultAutoArchiveDuration,
                defaultThreadRateLimitPerUser,
                thread);
    }

    /** The same channel at another position, in another category. */
    Channel at(int newPosition, @Nullable Snowflake newParentId) {
        return new Channel(
                id,
                type,
                guildId,
                name,
                topic,
                newPosition,
                newParentId,
                nsfw,
                rateLimitPerUser,
                lastMessageId,
                permissionOverwrites,
                defaultAutoArchiveDuration,
                defaultThreadRateLimitPerUser,
                thread);
    }

    /** A guild's channel as clients see it (Discord documentation, "Channel Object"). */
    public ObjectNode body() {
        if (thread != null) {
            return thread.body(this);
        }
        ObjectNode body = (ObjectNode) Json.tree(this);
        if (defaultAutoArchiveDuration == null) {
            body.remove("default_auto_archive_duration");
        }
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
