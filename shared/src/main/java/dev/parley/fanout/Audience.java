package dev.parley.fanout;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.permission.Overwrite;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who gets an event. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Audience.Guild.class, name = "guild"),
    @JsonSubTypes.Type(value = Audience.Privileged.class, name = "privileged"),
    @JsonSubTypes.Type(value = Audience.Selected.class, name = "selected"),
    @JsonSubTypes.Type(value = Audience.User.class, name = "user"),
    @JsonSubTypes.Type(value = Audience.DirectMessage.class, name = "direct_message"),
    @JsonSubTypes.Type(value = Audience.Member.class, name = "member"),
    @JsonSubTypes.Type(value = Audience.Departed.class, name = "departed"),
    @JsonSubTypes.Type(value = Audience.ChannelChange.class, name = "channel_change"),
    @JsonSubTypes.Type(value = Audience.GuildGone.class, name = "guild_gone"),
    @JsonSubTypes.Type(value = Audience.GuildBack.class, name = "guild_back"),
    @JsonSubTypes.Type(value = Audience.SignedOut.class, name = "signed_out")
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
     * The sessions of those members of a guild who have permissions there.
     *
     * @param channelId the channel in which they need them; null for the guild as a whole
     * @param permissions all of these
     */
    record Privileged(Snowflake guildId, @Nullable Snowflake channelId, long permissions) implements Audience {
        @Override
        public Snowflake group() {
            return guildId;
        }
    }

    /**
     * The sessions of some members of a guild, in the guild's order.
     *
     * @param channelId the channel that they must see; null for none
     * @param userIds who; who is no member hears nothing
     * @param orPermissions members who have all of these in the channel hear of it, too; 0 for nobody else
     */
    record Selected(Snowflake guildId, @Nullable Snowflake channelId, List<Snowflake> userIds, long orPermissions)
            implements Audience {
        @Override
        public Snowflake group() {
            return guildId;
        }
    }

    /**
     * The sessions of one user, whatever their intents.
     *
     * @param guildId only those that hear of this guild, and so only the shard that has it; null for those that hear of
     *     direct messages
     */
    record User(Snowflake userId, @Nullable Snowflake guildId) implements Audience {
        @Override
        public Snowflake group() {
            return userId;
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

    /**
     * The sessions of a user who is no member of the guild any more, in the guild's order. After the event they hear
     * nothing of the guild.
     */
    record Departed(Snowflake guildId, Snowflake userId) implements Audience {
        @Override
        public Snowflake group() {
            return guildId;
        }
    }

    /**
     * The sessions of a guild's members, after a change of who sees a channel: who saw it before and sees it now gets the
     * event; for who sees it only now it is a CHANNEL_CREATE, for who saw it only before a CHANNEL_DELETE. A
     * THREAD_LIST_SYNC is for those who see the channel only now.
     *
     * @param before the channel's overwrites before the change
     */
    record ChannelChange(Snowflake guildId, Snowflake channelId, List<Overwrite> before) implements Audience {
        @Override
        public Snowflake group() {
            return guildId;
        }
    }

    /** All sessions that hear of a guild, which is deleted: after the event nobody hears of it. */
    record GuildGone(Snowflake guildId) implements Audience {
        @Override
        public Snowflake group() {
            return guildId;
        }
    }

    /**
     * The sessions of a user that were begun with tokens that are revoked. They end, and are told so by op 9; nobody gets the
     * event itself.
     *
     * @param digests the tokens, as {@code Authenticator.digest} gives them
     */
    record SignedOut(Snowflake userId, List<String> digests) implements Audience {
        @Override
        public Snowflake group() {
            return userId;
        }
    }

    /** The sessions of a guild's members when the guild is available again: each gets the guild as its user sees it. */
    record GuildBack(Snowflake guildId) implements Audience {
        @Override
        public Snowflake group() {
            return guildId;
        }
    }
}
