package dev.parley.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.ChannelAccess;
import dev.parley.fanout.Audience;
import dev.parley.protocol.Json;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * Where messages are.
 *
 * @param guildId the channel's guild; null in a direct-message channel
 * @param audience who hears of what happens there
 */
public record MessagePlace(Snowflake channelId, @Nullable Snowflake guildId, Audience audience) {

    /** A guild's channel. */
    public static MessagePlace inGuild(Snowflake guildId, Snowflake channelId) {
        return new MessagePlace(channelId, guildId, new Audience.Guild(guildId, channelId));
    }

    /** A channel that a user has access to. */
    public static MessagePlace of(ChannelAccess access) {
        return new MessagePlace(access.channel().id(), access.channel().guildId(), access.audience());
    }

    /** The logical shard that has the messages. */
    public LogicalShard shard() {
        return LogicalShard.of(guildId, channelId);
    }

    /** What the data of an event begins with that is about the channel: its id, and the guild's if it has one. */
    ObjectNode data() {
        ObjectNode data = Json.object();
        data.put("channel_id", channelId.toString());
        if (guildId != null) {
            data.put("guild_id", guildId.toString());
        }
        return data;
    }
}
