package dev.parley.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channel;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Member;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.shard.ContentDatabase;
import dev.parley.shard.LogicalShard;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What the system says in a channel for somebody when a thread begins (Discord documentation, "Message Types"). Everything
 * runs in the caller's transaction of the directory, or once that is committed where the messages are on another cluster. Each
 * event is to be published after the commit.
 *
 * <p>Thread-safe.
 */
public final class SystemMessages {

    /** What somebody said: of the other messages, none begins a thread. */
    private static final Set<Integer> SAID = Set.of(MessageType.DEFAULT, MessageType.REPLY, 20, 23);

    private final SnowflakeGenerator ids;
    private final Outbox outbox;
    private final ContentDatabase content;

    public SystemMessages(SnowflakeGenerator ids, Outbox outbox, ContentDatabase content) {
        this.ids = ids;
        this.outbox = outbox;
        this.content = content;
    }

    /** Says in a thread's channel that it was made there. */
    public Event threadCreated(Handle handle, Channel thread, Member author) {
        Snowflake guildId = Objects.requireNonNull(thread.guildId());
        ObjectNode extra = Json.object();
        extra.putObject("message_reference")
                .put("type", MessageReference.REPLY)
                .put("channel_id", thread.id().toString())
                .put("guild_id", guildId.toString());
        Message message = message(
                Objects.requireNonNull(thread.parentId()),
                author,
                MessageType.THREAD_CREATED,
                String.valueOf(thread.name()),
                null,
                extra);
        return store(handle, message, guildId, author, message.body());
    }

    /**
     * Passes if a thread can begin with a message.
     *
     * @throws ApiException {@code UNKNOWN_MESSAGE}; {@code CANNOT_EXECUTE_ON_SYSTEM_MESSAGE}
     */
    public void requireSaid(Handle handle, Channel channel, Snowflake messageId) {
        if (!SAID.contains(
                find(handle, channel.shard(), channel.id(), messageId).type())) {
            throw new ApiException(ErrorCode.CANNOT_EXECUTE_ON_SYSTEM_MESSAGE);
        }
    }

    /**
     * Ties a thread to the message that it begins with: the message is marked, and the thread begins with a reference to
     * it.
     *
     * @param thread a thread with the message's id
     */
    public List<Event> threadStarted(Handle handle, Channel thread, Member author) {
        Snowflake guildId = Objects.requireNonNull(thread.guildId());
        Snowflake channelId = Objects.requireNonNull(thread.parentId());
        LogicalShard shard = thread.shard();
        content.write(
                handle, MessageRows.flag(ids.next(), shard, channelId, thread.id(), MessageFlags.HAS_THREAD, true));
        Message found = find(handle, shard, channelId, thread.id());
        Message first = found.withFlags(found.flags() | MessageFlags.HAS_THREAD);
        ObjectNode updated = first.body();
        updated.set("thread", thread.body());
        updated.put("guild_id", guildId.toString());
        Event update =
                new Event(ids.next(), DispatchType.MESSAGE_UPDATE, new Audience.Guild(guildId, channelId), updated);
        outbox.add(handle, update);
        Message starter = message(
                thread.id(),
                author,
                MessageType.THREAD_STARTER_MESSAGE,
                "",
                new MessageReference(MessageReference.REPLY, guildId, channelId, thread.id()),
                Json.object());
        ObjectNode body = starter.body();
        body.set("referenced_message", first.body());
        return List.of(update, store(handle, starter, guildId, author, body));
    }

    /** Takes the mark from a message whose thread is gone; there may be no such message. */
    public void threadGone(Handle handle, Channel thread) {
        content.write(
                handle,
                MessageRows.flag(
                        ids.next(),
                        thread.shard(),
                        Objects.requireNonNull(thread.parentId()),
                        thread.id(),
                        MessageFlags.HAS_THREAD,
                        false));
    }

    private Message find(Handle handle, LogicalShard shard, Snowflake channelId, Snowflake messageId) {
        return content.read(handle, shard, there -> MessageRows.find(there, channelId, messageId))
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MESSAGE));
    }

    private Message message(
            Snowflake channelId,
            Member author,
            int type,
            String content,
            @Nullable MessageReference reference,
            ObjectNode extra) {
        return new Message(
                ids.next(),
                channelId,
                author.user(),
                type,
                content,
                0,
                false,
                false,
                List.of(),
                List.of(),
                Json.array(),
                reference,
                null,
                false,
                extra);
    }

    private Event store(Handle handle, Message message, Snowflake guildId, Member author, ObjectNode body) {
        body.put("guild_id", guildId.toString());
        body.set("member", author.bodyWithoutUser());
        Event event = new Event(
                ids.next(), DispatchType.MESSAGE_CREATE, new Audience.Guild(guildId, message.channelId()), body);
        if (content.isWithDirectory(LogicalShard.ofGuild(guildId))) {
            MessageRows.insert(handle, message, guildId, null, false, event);
        } else {
            content.write(handle, MessageRows.deferred(message, guildId, event));
        }
        return event;
    }
}
