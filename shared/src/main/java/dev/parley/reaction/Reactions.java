package dev.parley.reaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.reaction.EmojiLookup.Found;
import dev.parley.reaction.ReactionRows.Reacting;
import dev.parley.shard.Content;
import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reactions to messages (Discord documentation, "Create Reaction" and those behind it). What changes nothing is told to
 * nobody.
 *
 * <p>Thread-safe.
 */
public final class Reactions {

    /** Emojis that one message can be reacted with (Discord documentation, JSON error code 30010). */
    private static final int MAX_EMOJIS = 20;

    private final ContentDatabase content;
    private final SnowflakeGenerator ids;
    private final Channels channels;
    private final EmojiLookup emojis;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public Reactions(
            ContentDatabase content,
            SnowflakeGenerator ids,
            Channels channels,
            EmojiLookup emojis,
            Outbox outbox,
            EventPublisher publisher) {
        this.content = content;
        this.ids = ids;
        this.channels = channels;
        this.emojis = emojis;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Reacts to a message, which needs READ_MESSAGE_HISTORY, and ADD_REACTIONS if nobody has reacted with the emoji yet.
     *
     * @throws ApiException as {@link Channels#access}; {@code UNKNOWN_MESSAGE}; {@code UNKNOWN_EMOJI}; {@code
     *     MAXIMUM_REACTIONS}; {@code REACTION_BLOCKED} if the author has blocked the user; {@code THREAD_ARCHIVED}; or if
     *     the user may not, or is timed out
     */
    public void add(Snowflake channelId, Snowflake messageId, Snowflake userId, Emoji emoji) {
        ChannelAccess access = channels.access(channelId, userId)
                .require(Permission.READ_MESSAGE_HISTORY)
                .requireActive();
        Event event = content.transaction(access.channel().shard(), there -> {
            Snowflake authorId = lock(there, access, messageId);
            Reacting reacting = there.inDirectory(directory -> ReactionRows.reacting(directory, authorId, userId));
            requireNotTimedOut(reacting.now(), access);
            if (reacting.blocked()) {
                throw new ApiException(ErrorCode.REACTION_BLOCKED);
            }
            Emoji shown = shown(there, access, messageId, emoji);
            if (!ReactionRows.add(there.handle(), channelId, messageId, shown, userId, ids.next())) {
                return null;
            }
            ObjectNode data = ofUser(access, messageId, userId, shown);
            data.put("message_author_id", authorId.toString());
            Member member = access.member();
            if (member != null) {
                data.set("member", member.body());
            }
            return event(there, DispatchType.MESSAGE_REACTION_ADD, access, data);
        });
        publish(event);
    }

    /**
     * Takes a user's reaction back; another user's needs MANAGE_MESSAGES, and a guild.
     *
     * @param ofUserId whose reaction
     * @throws ApiException as {@link Channels#access}; {@code UNKNOWN_MESSAGE}; {@code DIRECT_MESSAGE_CHANNEL}; or if the
     *     user may not
     */
    public void remove(Snowflake channelId, Snowflake messageId, Snowflake userId, Emoji emoji, Snowflake ofUserId) {
        ChannelAccess access = channels.access(channelId, userId);
        if (!ofUserId.equals(userId)) {
            requireModerates(access);
        }
        Event event = content.transaction(access.channel().shard(), there -> {
            lock(there, access, messageId);
            Optional<Emoji> removed = ReactionRows.remove(there.handle(), channelId, messageId, emoji, ofUserId);
            return removed.isEmpty()
                    ? null
                    : event(
                            there,
                            DispatchType.MESSAGE_REACTION_REMOVE,
                            access,
                            ofUser(access, messageId, ofUserId, removed.get()));
        });
        publish(event);
    }

    /**
     * Removes everybody's reaction with one emoji, which needs MANAGE_MESSAGES, and a guild.
     *
     * @throws ApiException as {@link Channels#access}; {@code UNKNOWN_MESSAGE}; {@code DIRECT_MESSAGE_CHANNEL}; or if the
     *     user may not
     */
    public void removeEmoji(Snowflake channelId, Snowflake messageId, Snowflake userId, Emoji emoji) {
        ChannelAccess access = channels.access(channelId, userId);
        requireModerates(access);
        Event event = content.transaction(access.channel().shard(), there -> {
            lock(there, access, messageId);
            Optional<Emoji> removed = ReactionRows.removeEmoji(there.handle(), channelId, messageId, emoji);
            if (removed.isEmpty()) {
                return null;
            }
            ObjectNode data = ofMessage(access, messageId);
            data.set("emoji", removed.get().body());
            return event(there, DispatchType.MESSAGE_REACTION_REMOVE_EMOJI, access, data);
        });
        publish(event);
    }

    /**
     * Removes all reactions to a message, which needs MANAGE_MESSAGES, and a guild.
     *
     * @throws ApiException as {@link Channels#access}; {@code UNKNOWN_MESSAGE}; {@code DIRECT_MESSAGE_CHANNEL}; or if the
     *     user may not
     */
    public void removeAll(Snowflake channelId, Snowflake messageId, Snowflake userId) {
        ChannelAccess access = channels.access(channelId, userId);
        requireModerates(access);
        Event event = content.transaction(access.channel().shard(), there -> {
            lock(there, access, messageId);
            return ReactionRows.removeAll(there.handle(), channelId, messageId)
                    ? event(there, DispatchType.MESSAGE_REACTION_REMOVE_ALL, access, ofMessage(access, messageId))
                    : null;
        });
        publish(event);
    }

    /**
     * Those who reacted with an emoji; nobody if none did. Needs READ_MESSAGE_HISTORY.
     *
     * @throws ApiException as {@link Channels#access}; {@code UNKNOWN_MESSAGE}; or if the user may not
     */
    public ArrayNode users(Snowflake channelId, Snowflake messageId, Snowflake userId, Emoji emoji, ReactionPage page) {
        ChannelAccess access = channels.access(channelId, userId).require(Permission.READ_MESSAGE_HISTORY);
        return content.query(access.channel().shard(), there -> {
            if (!ReactionRows.messageExists(there.handle(), channelId, messageId)) {
                throw new ApiException(ErrorCode.UNKNOWN_MESSAGE);
            }
            ArrayNode users = Json.array();
            if (!page.burst()) {
                List<Snowflake> ids = ReactionRows.users(there.handle(), channelId, messageId, emoji, page);
                Map<Snowflake, User> found = there.inDirectory(directory -> Accounts.users(directory, ids));
                ids.stream().map(found::get).filter(Objects::nonNull).forEach(user -> users.add(Json.tree(user)));
            }
            return users;
        });
    }

    private static Snowflake lock(Content there, ChannelAccess access, Snowflake messageId) {
        return ReactionRows.lock(there.handle(), access.channel().id(), messageId)
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
    }

    /** The emoji as others see it: as the first wrote it who reacted with it, or as its guild calls it. */
    private Emoji shown(Content there, ChannelAccess access, Snowflake messageId, Emoji emoji) {
        List<Emoji> given = ReactionRows.emojis(there.handle(), access.channel().id(), messageId);
        for (Emoji other : given) {
            if (other.key().equals(emoji.key())) {
                return other;
            }
        }
        access.require(Permission.ADD_REACTIONS);
        Snowflake emojiId = emoji.id();
        Emoji found = emojiId == null ? emoji : there.inDirectory(directory -> usable(directory, access, emojiId));
        if (given.size() >= MAX_EMOJIS) {
            throw new ApiException(ErrorCode.MAXIMUM_REACTIONS);
        }
        return found;
    }

    /** A custom emoji: a guild's is its members', outside of the guild with USE_EXTERNAL_EMOJIS; an application's its own. */
    private Emoji usable(Handle handle, ChannelAccess access, Snowflake emojiId) {
        Found found = emojis.find(handle, emojiId);
        if (found == null) {
            throw new ApiException(ErrorCode.UNKNOWN_EMOJI);
        }
        Snowflake guildId = found.guildId();
        boolean may = guildId == null
                ? access.userId().equals(found.applicationId())
                : ReactionRows.isMember(handle, guildId, access.userId(), found.roleIds());
        if (!may) {
            throw new ApiException(ErrorCode.UNKNOWN_EMOJI);
        }
        if (guildId != null && !guildId.equals(access.channel().guildId())) {
            access.require(Permission.USE_EXTERNAL_EMOJIS);
        }
        return found.emoji();
    }

    /** A time-out leaves the right to read, which is all that joining a reaction needs otherwise. */
    private static void requireNotTimedOut(Instant now, ChannelAccess access) {
        Member member = access.member();
        Instant until = member == null ? null : member.timedOutUntil();
        if (until != null && !access.may(Permission.ADMINISTRATOR) && until.isAfter(now)) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
    }

    private static void requireModerates(ChannelAccess access) {
        if (access.channel().guildId() == null) {
            throw new ApiException(ErrorCode.DIRECT_MESSAGE_CHANNEL);
        }
        access.require(Permission.MANAGE_MESSAGES);
    }

    private static ObjectNode ofMessage(ChannelAccess access, Snowflake messageId) {
        ObjectNode data = Json.object();
        data.put("channel_id", access.channel().id().toString());
        data.put("message_id", messageId.toString());
        Snowflake guildId = access.channel().guildId();
        if (guildId != null) {
            data.put("guild_id", guildId.toString());
        }
        return data;
    }

    private static ObjectNode ofUser(ChannelAccess access, Snowflake messageId, Snowflake userId, Emoji emoji) {
        ObjectNode data = ofMessage(access, messageId);
        data.put("user_id", userId.toString());
        data.set("emoji", emoji.body());
        data.put("burst", false);
        data.put("type", 0);
        return data;
    }

    private Event event(Content there, DispatchType type, ChannelAccess access, ObjectNode data) {
        Event event = new Event(ids.next(), type, access.audience(), data);
        outbox.add(there.handle(), event);
        return event;
    }

    private void publish(@Nullable Event event) {
        if (event != null) {
            publisher.publish(event);
        }
    }
}
