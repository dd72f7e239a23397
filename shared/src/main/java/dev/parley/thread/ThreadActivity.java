package dev.parley.thread;

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
     * Takes what {@link #posted} is going to change until the transaction ends: the guild's row only if the message changes
     * who is in the thread or whether it is archived. To be called before anything else in the transaction.
     */
    public static void lock(Handle handle, ChannelAccess access) {
        Channel thread = access.channel();
        if (access.threadMember() == null || state(thread).archived()) {
            Guilds.lock(handle, Objects.requireNonNull(thread.guildId()));
        }
        // As the message's foreign key will; taken before the thread's row, so that nobody waits in a ring.
        boolean gone = handle.select(
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
     * sender into the thread, as long as there is room.
     *
     * @return what tells of it, to be published before the message
     * @throws ApiException {@code MAXIMUM_ACTIVE_THREADS} if the thread cannot come back
     */
    public List<Event> posted(Handle handle, ChannelAccess access) {
        Channel thread = access.channel();
        Snowflake guildId = Objects.requireNonNull(thread.guildId());
        List<Event> told = new ArrayList<>();
        if (state(thread).archived()) {
            ThreadLimits.requireRoomForActive(handle, guildId);
            ThreadRows.activate(handle, thread.id());
        }
        ThreadRows.count(handle, thread.id());
        if (state(thread).archived()) {
            told.add(events.updated(handle, find(handle, thread.id())));
        }
        Member sender = access.member();
        if (access.threadMember() == null && sender != null) {
            told.addAll(join(handle, thread, guildId, sender));
        }
        return told;
    }

    /** Notes, in the caller's transaction, that messages of a channel are deleted, which may be no thread. */
    public static void deleted(Handle handle, Snowflake channelId, int messages) {
        ThreadRows.uncount(handle, channelId, messages);
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
