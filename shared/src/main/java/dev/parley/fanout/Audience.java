package dev.parley.fanout;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who gets an event. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Audience.Guild.class, name = "guild"),
    @JsonSubTypes.Type(value = Audience.DirectMessage.class, name = "direct_message"),
    @JsonSubTypes.Type(value = Audience.Member.class, name = "member")
})
public sealed interface Audience {

    /** The message group: events of one group reach every session in the order in which they were published. */
    Snowflake group();

    /**
     * The sessions of a guild's members.
     *
     * @param channelId the channel that a member must see; null for events of the whole guild
     */
    record Guild(Snowflake guildId, @Nullable Snowflake channelId) implements Audience {
        @Override
        public Snowflake group() {
            return guildId;
        }
    }

    /**
     * The sessions of the users in a direct-message channel.
     *
     * @param personal whether it is one user's own saved-messages channel, whose events need no intent
     */
    record DirectMessage(Snowflake channelId, List<Snowflake> userIds, boolean personal) implements Audience {
        @Override
        public Snowflake group() {
            return channelId;
        }
    }

    /** The sessions of one member of a guild, in the guild's order: a guild that a user joins or leaves. */
    record Member(Snowflake guildId, Snowflake userId) implements Audience {
        @Override
        public Snowflake group() {
            return guildId;
        }
    }
}
