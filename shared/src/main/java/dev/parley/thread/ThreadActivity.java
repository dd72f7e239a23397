package dev.parley.thread;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.ThreadMember;
import dev.parley.channel.ThreadState;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.shard.Content;
import dev.parley.shard.DeferredChange;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * What messages do to the thread that they are sent to, and what their absence does (Discord documentation, "Threads").
 *
 * <p>Thread-safe.
 */
public final class ThreadActivity {

    private static final int AT_ONCE = 200;

    private final Database database;
    private final ThreadEvents events;
    private final EventPublisher publisher;

    public ThreadActivity(Database database, SnowflakeGenerator ids, Outbox outbox, EventPublisher publisher) {
        this.database = database;
        this.events = new ThreadEvents(ids, outbox);
        this.publisher = publisher;
    }

    /**
     * Takes what {@link #posted} is going to change until the transaction ends, where the thread and its messages are
     * together: the guild's row only if the message changes who is in the thread or whether it is archived. To be called
     * before anything else in the transaction.
     *
     * @throws ApiException {@code UNKNOWN_CHANNEL} if the thread is gone
     */
    public static void lock(Content content, ChannelAccess access) {
        if (content.isTogether()) {
            lock(content.handle(), access);
        }
    }

    private static void lock(Handle directory, ChannelAccess access) {
        Channel thread = access.channel();
        if (access.threadMember() == null || state(thread).archived()) {
            Guilds.lock(directory, Objects.requireNonNull(thread.guildId()));
        }
        boolean gone = directory
                .select(
                        "SELECT id FROM channels WHERE id = ? FOR KEY SHARE",
                        thread.id().value())
                .mapTo(Long.class)
                .list()
                .isEmpty();
        if (gone) {
            throw new ApiException(ErrorCode.UNKNOWN_CHANNEL);
        }
    }

    /**
     * Notes a message that is stored in the same transaction: it is counted, brings an archived thread back, and puts its
     * sender into the thread, as long as there is room. Where the messages are on another cluster, the thread is brought back
     * and joined before the message is committed, and the message counted after.
     *
     * @return what tells of it, to be published before the message
     * @throws ApiException {@code MAXIMUM_ACTIVE_THREADS} if the thread cannot come back
     */
    public List<Event> posted(Content content, ChannelAccess access, Snowflake messageId) {
        DeferredChange count = counted(access.channel().id(), messageId, 1);
        if (content.isTogether()) {
            bringBack(content.handle(), access);
            content.write(count);
            return told(content.handle(), access);
        }
        content.write(count);
        boolean wakes =
                state(access.channel()).archived() || (access.threadMember() == null && access.member() != null);
        return wakes
                ? content.commitInDirectory(directory -> {
                    lock(directory, access);
                    bringBack(directory, access);
                    return told(directory, access);
                })
                : List.of();
    }

    private static void bringBack(Handle directory, ChannelAccess access) {
        Channel thread = access.channel();
        if (state(thread).archived()) {
            ThreadLimits.requireRoomForActive(directory, Objects.requireNonNull(thread.guildId()));
            ThreadRows.activate(directory, thread.id());
        }
    }

    private List<Event> told(Handle directory, ChannelAccess access) {
        Channel thread = access.channel();
        List<Event> told = new ArrayList<>();
        if (state(thread).archived()) {
            told.add(events.updated(directory, find(directory, thread.id())));
        }
        Member sender = access.member();
        if (access.threadMember() == null && sender != null) {
            told.addAll(join(directory, thread, Objects.requireNonNull(thread.guildId()), sender));
        }
        return told;
    }

    /**
     * Notes with the caller's transaction of the content that messages of a channel are deleted, which may be no thread.
     *
     * @param id one for each such change
     */
    public static void deleted(Content content, Snowflake channelId, Snowflake id, int messages) {
        content.write(counted(channelId, id, -messages));
    }

    private static DeferredChange counted(Snowflake channelId, Snowflake id, int messages) {
        ObjectNode data = Json.object();
        data.put("channel", channelId.value());
        data.put("messages", messages);
        return DeferredChange.ofDirectory(DeferredChange.Kind.THREAD_COUNT, id, data);
    }

    /** Makes the change of a thread that messages are which were stored or deleted. */
    public static void count(Handle transaction, ObjectNode data) {
        Snowflake channelId = new Snowflake(data.path("channel").longValue());
        int messages = data.path("messages").intValue();
        if (messages > 0) {
            ThreadRows.count(transaction, channelId);
        } else {
            ThreadRows.uncount(transaction, channelId, -messages);
        }
    }

    /**
     * Tells of threads that are archived because nothing happened in them.
     *
     * @return how many; the next call goes on
     */
    public int tellOfArchived() {
        List<Event> told = database.transaction(handle -> {
            List<Event> updates = new ArrayList<>();
            for (Snowflake threadId : ThreadRows.takeDue(handle, AT_ONCE)) {
                ThreadRows.find(handle, threadId).ifPresent(thread -> updates.add(events.updated(handle, thread)));
            }
            return updates;
        });
        publisher.publish(told);
        return told.size();
    }

    private List<Event> join(Handle handle, Channel thread, Snowflake guildId, Member sender) {
        Snowflake userId = sender.user().id();
        boolean joined = ThreadMemberRows.find(handle, thread.id(), userId).isPresent();
        if (joined || ThreadMemberRows.count(handle, thread.id()) >= ThreadLimits.MEMBERS) {
            return List.of();
        }
        ThreadMember member = ThreadMemberRows.insert(handle, guildId, thread.id(), userId);
        if (thread.type() == Channel.PRIVATE_THREAD) {
            Guilds.accessChanges(handle, guildId);
        }
        Channel now = find(handle, thread.id());
        return List.of(events.ownMember(handle, now, member), events.joined(handle, now, member, sender));
    }

    private static Channel find(Handle handle, Snowflake threadId) {
        return ThreadRows.find(handle, threadId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_CHANNEL));
    }

    private static ThreadState state(Channel thread) {
        return Objects.requireNonNull(thread.thread());
    }
}
