package dev.parley.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.User;
import dev.parley.channel.ChannelAccess;
import dev.parley.fanout.Audience;
import dev.parley.protocol.Json;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * A message that is sent without asking whether anybody may: by the system, a webhook, or an application that answers an
 * interaction. Who makes one has asked.
 *
 * @param guildId the channel's guild; null in a direct-message channel
 * @param audience who hears of it; with {@link MessageFlags#EPHEMERAL} the one user who does
 * @param author with the id that {@code author_id} keeps: a user's, or a webhook's
 * @param type one of {@link MessageType}
 * @param mentionsAny whether the content may mention everyone and every role, as far as the draft allows
 * @param reference the message that this one is about; the draft's own is not looked at
 * @param member the author in the guild, without the user, as the event carries it; null if it is no member
 * @param extra what the message object has beside, by name, for example {@code webhook_id}, {@code application_id} or
 *     {@code interaction_metadata}; {@code author} stands for the author where it is shown otherwise. Not to be changed
 * @param files null for none
 */
public record PostedMessage(
        Snowflake channelId,
        @Nullable Snowflake guildId,
        Audience audience,
        User author,
        int type,
        MessageDraft draft,
        boolean mentionsAny,
        @Nullable MessageReference reference,
        @Nullable ObjectNode member,
        ObjectNode extra,
        @Nullable PostedFiles files) {

    /** A message without files. */
    public PostedMessage(
            Snowflake channelId,
            @Nullable Snowflake guildId,
            Audience audience,
            User author,
            int type,
            MessageDraft draft,
            boolean mentionsAny,
            @Nullable MessageReference reference,
            @Nullable ObjectNode member,
            ObjectNode extra) {
        this(channelId, guildId, audience, author, type, draft, mentionsAny, reference, member, extra, null);
    }

    /** A message of the system in a guild's channel, without content. */
    public static PostedMessage system(Snowflake guildId, Snowflake channelId, User author, int type) {
        return new PostedMessage(
                channelId,
                guildId,
                new Audience.Guild(guildId, channelId),
                author,
                type,
                MessageDraft.saying(""),
                false,
                null,
                null,
                Json.object());
    }

    /** A message of the system about what a user has just done in a channel, without content. */
    public static PostedMessage system(ChannelAccess access, User author, int type) {
        return new PostedMessage(
                access.channel().id(),
                access.channel().guildId(),
                access.audience(),
                author,
                type,
                MessageDraft.saying(""),
                false,
                null,
                access.member() == null ? null : access.member().bodyWithoutUser(),
                Json.object());
    }

    /** The logical shard that is to have the message. */
    public LogicalShard shard() {
        return LogicalShard.of(guildId, channelId);
    }

    /** The same message about another one. */
    public PostedMessage about(MessageReference other) {
        return new PostedMessage(
                channelId, guildId, audience, author, type, draft, mentionsAny, other, member, extra, files);
    }

    /** The same message with this said. */
    public PostedMessage saying(MessageDraft said) {
        return new PostedMessage(
                channelId, guildId, audience, author, type, said, mentionsAny, reference, member, extra, files);
    }

    /** The same message with more in the message object. */
    public PostedMessage with(ObjectNode more) {
        ObjectNode all = extra.deepCopy();
        all.setAll(more);
        return new PostedMessage(
                channelId, guildId, audience, author, type, draft, mentionsAny, reference, member, all, files);
    }

    /** The same message with files. */
    public PostedMessage with(@Nullable PostedFiles stored) {
        return new PostedMessage(
                channelId, guildId, audience, author, type, draft, mentionsAny, reference, member, extra, stored);
    }
}
