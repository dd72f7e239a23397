package dev.parley.thread;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.Channels;
import dev.parley.channel.ThreadMember;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.guild.Membership;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * Who is in which thread.
 *
 * <p>Thread-safe.
 */
public final class ThreadMembers {

    private final Database database;
    private final Channels channels;
    private final Guilds guilds;
    private final EventPublisher publisher;
    private final ThreadEvents events;

    public ThreadMembers(
            Database database,
            SnowflakeGenerator ids,
            Channels channels,
            Guilds guilds,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.channels = channels;
        this.guilds = guilds;
        this.publisher = publisher;
        this.events = new ThreadEvents(ids, outbox);
    }

    /**
     * Who is in a thread, by id.
     *
     * @param withMember whether each comes with its member of the guild
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}
     */
    public ArrayNode list(Snowflake threadId, Snowflake callerId, ThreadMemberPage page, boolean withMember) {
        Channel thread = thread(threadId, callerId);
        return database.query(handle -> {
            ArrayNode list = Json.array();
            for (ThreadMember member :
                    ThreadMemberRows.page(handle, threadId, page.after().value(), page.limit())) {
                list.add(body(handle, thread, member, withMember));
            }
            return list;
        });
    }

    /**
     * Somebody in a thread.
     *
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code UNKNOWN_MEMBER}
     */
    public ObjectNode get(Snowflake threadId, Snowflake callerId, Snowflake userId, boolean withMember) {
        Channel thread = thread(threadId, callerId);
        return database.query(handle -> body(
                handle,
                thread,
                ThreadMemberRows.find(handle, threadId, userId)
                        .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MEMBER)),
                withMember));
    }

    /**
     * Joins a thread, which must not be archived. Who is there already, stays.
     *
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code THREAD_ARCHIVED}; {@code
     *     MAXIMUM_THREAD_PARTICIPANTS}
     */
    public void join(Snowflake threadId, Snowflake userId) {
        Snowflake guildId = guildOf(threadId, userId);
        List<Event> told = database.transaction(handle -> {
            ThreadUnderLock locked =
                    ThreadUnderLock.take(handle, guildId, threadId, userId).requireActive();
            return locked.joined() != null ? List.of() : insert(handle, locked, member(handle, guildId, userId));
        });
        publisher.publish(told);
    }

    /**
     * Adds a member of the guild to a thread, which must not be archived. It needs the right to send messages there; in a
     * private thread that is not {@code invitable} only its maker and who manages threads may. Who is there already, stays.
     *
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code THREAD_ARCHIVED}; {@code
     *     MAXIMUM_THREAD_PARTICIPANTS}; {@code UNKNOWN_MEMBER}; {@code MISSING_ACCESS} if the other cannot see the channel
     *     that the thread is in; {@code MISSING_PERMISSIONS}
     */
    public void add(Snowflake threadId, Snowflake callerId, Snowflake userId) {
        Snowflake guildId = guildOf(threadId, callerId);
        List<Event> told = database.transaction(handle -> {
            ThreadUnderLock locked =
                    ThreadUnderLock.take(handle, guildId, threadId, callerId).requireActive();
            boolean open = !locked.isPrivate() || locked.state().invitable();
            locked.require(locked.may(Permission.SEND_MESSAGES))
                    .require(open || locked.owns() || locked.may(Permission.MANAGE_THREADS));
            Member member = member(handle, guildId, userId);
            Membership other = guilds.require(handle, guildId, userId);
            if (!Permission.VIEW_CHANNEL.in(other.inChannel(locked.parent().permissionOverwrites()))) {
                throw new ApiException(ErrorCode.MISSING_ACCESS);
            }
            return ThreadMemberRows.find(handle, threadId, userId).isPresent()
                    ? List.of()
                    : insert(handle, locked, member);
        });
        publisher.publish(told);
    }

    /**
     * Leaves a thread, which must not be archived. Who is not there, stays outside.
     *
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code THREAD_ARCHIVED}
     */
    public void leave(Snowflake threadId, Snowflake userId) {
        Snowflake guildId = guildOf(threadId, userId);
        List<Event> told = database.transaction(handle -> {
            ThreadUnderLock locked =
                    ThreadUnderLock.take(handle, guildId, threadId, userId).requireActive();
            return locked.joined() == null ? List.of() : delete(handle, locked, userId);
        });
        publisher.publish(told);
    }

    /**
     * Takes somebody out of a thread, which must not be archived. It needs MANAGE_THREADS, or to be the maker of a private
     * thread.
     *
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code THREAD_ARCHIVED}; {@code
     *     UNKNOWN_MEMBER}; {@code MISSING_PERMISSIONS}
     */
    public void remove(Snowflake threadId, Snowflake callerId, Snowflake userId) {
        Snowflake guildId = guildOf(threadId, callerId);
        List<Event> told = database.transaction(handle -> {
            ThreadUnderLock locked =
                    ThreadUnderLock.take(handle, guildId, threadId, callerId).requireActive();
            locked.require(locked.may(Permission.MANAGE_THREADS) || (locked.isPrivate() && locked.owns()));
            if (ThreadMemberRows.find(handle, threadId, userId).isEmpty()) {
                throw new ApiException(ErrorCode.UNKNOWN_MEMBER);
            }
            return delete(handle, locked, userId);
        });
        publisher.publish(told);
    }

    private List<Event> insert(Handle handle, ThreadUnderLock locked, Member inGuild) {
        Snowflake threadId = locked.thread().id();
        ThreadLimits.requireRoomForMember(handle, threadId);
        ThreadMember member = ThreadMemberRows.insert(
                handle, locked.guildId(), threadId, inGuild.user().id());
        Channel thread = find(handle, threadId);
        List<Event> told = new ArrayList<>();
        if (locked.isPrivate()) {
            Guilds.accessChanges(handle, locked.guildId());
            told.add(events.shown(handle, thread, member));
        }
        told.add(events.ownMember(handle, thread, member));
        told.add(events.joined(handle, thread, member, inGuild));
        return told;
    }

    private List<Event> delete(Handle handle, ThreadUnderLock locked, Snowflake userId) {
        ThreadMemberRows.delete(handle, locked.thread().id(), userId);
        if (locked.isPrivate()) {
            Guilds.accessChanges(handle, locked.guildId());
        }
        return events.left(handle, find(handle, locked.thread().id()), userId);
    }

    private static ObjectNode body(Handle handle, Channel thread, ThreadMember member, boolean withMember) {
        ObjectNode body = member.body();
        if (withMember) {
            MemberRows.find(handle, Objects.requireNonNull(thread.guildId()), member.userId())
                    .ifPresent(inGuild -> body.set("member", inGuild.body()));
        }
        return body;
    }

    private static Member member(Handle handle, Snowflake guildId, Snowflake userId) {
        return MemberRows.find(handle, guildId, userId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_MEMBER));
    }

    private static Channel find(Handle handle, Snowflake threadId) {
        return ThreadRows.find(handle, threadId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_CHANNEL));
    }

    private Snowflake guildOf(Snowflake threadId, Snowflake userId) {
        return Objects.requireNonNull(thread(threadId, userId).guildId());
    }

    private Channel thread(Snowflake threadId, Snowflake userId) {
        ChannelAccess access = channels.access(threadId, userId);
        if (!access.channel().isThread()) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        return access.channel();
    }
}
