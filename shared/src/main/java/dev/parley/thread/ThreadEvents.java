package dev.parley.thread;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channel;
import dev.parley.channel.ThreadMember;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Member;
import dev.parley.permission.Permission;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * What tells of threads (Discord documentation, "Threads"). Each event is stored in the caller's transaction, and to be
 * published after the commit.
 */
final class ThreadEvents {

    private final SnowflakeGenerator ids;
    private final Outbox outbox;

    ThreadEvents(SnowflakeGenerator ids, Outbox outbox) {
        this.ids = ids;
        this.outbox = outbox;
    }

    /** A thread was made: for all who see it. */
    Event created(Handle handle, Channel thread) {
        ObjectNode data = thread.body();
        data.put("newly_created", true);
        return add(handle, DispatchType.THREAD_CREATE, inSight(thread), data);
    }

    /** A user was put into a thread, and may see it only now. */
    Event shown(Handle handle, Channel thread, ThreadMember member) {
        return add(
                handle,
                DispatchType.THREAD_CREATE,
                only(thread, member.userId()),
                new SeenThread(thread, member).bodyWithMember());
    }

    Event updated(Handle handle, Channel thread) {
        return add(handle, DispatchType.THREAD_UPDATE, inSight(thread), thread.body());
    }

    /**
     * A thread is gone: for those who saw it.
     *
     * @param members who was in it, if it was private
     */
    Event deleted(Handle handle, Channel thread, List<Snowflake> members) {
        ObjectNode data = Json.object();
        data.put("id", thread.id().toString());
        data.put("guild_id", guildId(thread).toString());
        data.put("parent_id", String.valueOf(thread.parentId()));
        data.put("type", thread.type());
        Audience audience = thread.type() == Channel.PRIVATE_THREAD
                ? new Audience.Selected(guildId(thread), thread.parentId(), members, Permission.MANAGE_THREADS.mask())
                : new Audience.Guild(guildId(thread), thread.parentId());
        return add(handle, DispatchType.THREAD_DELETE, audience, data);
    }

    /** Tells a user that it is in a thread. */
    Event ownMember(Handle handle, Channel thread, ThreadMember member) {
        ObjectNode data = member.body();
        data.put("guild_id", guildId(thread).toString());
        return add(handle, DispatchType.THREAD_MEMBER_UPDATE, only(thread, member.userId()), data);
    }

    /**
     * Somebody has come.
     *
     * @param thread the thread with the new number of members
     */
    Event joined(Handle handle, Channel thread, ThreadMember member, Member inGuild) {
        ObjectNode data = membersUpdate(thread);
        ObjectNode added = member.body();
        added.set("member", inGuild.body());
        added.putNull("presence");
        data.putArray("added_members").add(added);
        return add(handle, DispatchType.THREAD_MEMBERS_UPDATE, inSight(thread), data);
    }

    /**
     * Somebody has gone.
     *
     * @param thread the thread with the new number of members
     * @return the event for those who see the thread, and for a private one another for who has gone
     */
    List<Event> left(Handle handle, Channel thread, Snowflake userId) {
        ObjectNode data = membersUpdate(thread);
        ArrayNode removed = data.putArray("removed_member_ids");
        removed.add(userId.toString());
        Event told = add(handle, DispatchType.THREAD_MEMBERS_UPDATE, inSight(thread), data);
        if (thread.type() != Channel.PRIVATE_THREAD) {
            return List.of(told);
        }
        Audience gone = new Audience.Selected(guildId(thread), null, List.of(userId), 0);
        return List.of(told, add(handle, DispatchType.THREAD_MEMBERS_UPDATE, gone, data));
    }

    private static ObjectNode membersUpdate(Channel thread) {
        ObjectNode data = Json.object();
        data.put("id", thread.id().toString());
        data.put("guild_id", guildId(thread).toString());
        data.put("member_count", Objects.requireNonNull(thread.thread()).memberCount());
        return data;
    }

    private static Audience inSight(Channel thread) {
        return new Audience.Guild(guildId(thread), thread.id());
    }

    private static Audience only(Channel thread, Snowflake userId) {
        return new Audience.Selected(guildId(thread), thread.id(), List.of(userId), 0);
    }

    private static Snowflake guildId(Channel thread) {
        return Objects.requireNonNull(thread.guildId());
    }

    private Event add(Handle handle, DispatchType type, Audience audience, ObjectNode data) {
        Event event = new Event(ids.next(), type, audience, data);
        outbox.add(handle, event);
        return event;
    }
}
