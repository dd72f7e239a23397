package dev.parley.thread;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelRows;
import dev.parley.channel.Channels;
import dev.parley.channel.ThreadMember;
import dev.parley.channel.ThreadState;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Member;
import dev.parley.guild.MemberRows;
import dev.parley.guild.Standing;
import dev.parley.message.SystemMessages;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How threads begin, change and end.
 *
 * <p>Thread-safe.
 */
public final class Threads {

    /** Minutes, where neither the form nor the channel says anything. */
    private static final int DEFAULT_AUTO_ARCHIVE = 4320;

    private static final List<String> AUDITED =
            List.of("name", "type", "archived", "locked", "auto_archive_duration", "rate_limit_per_user", "invitable");

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Channels channels;
    private final SystemMessages systemMessages;
    private final AuditLog auditLog;
    private final EventPublisher publisher;
    private final ThreadEvents events;

    public Threads(
            Database database,
            SnowflakeGenerator ids,
            Channels channels,
            SystemMessages systemMessages,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.channels = channels;
        this.systemMessages = systemMessages;
        this.auditLog = auditLog;
        this.publisher = publisher;
        this.events = new ThreadEvents(ids, outbox);
    }

    /**
     * Makes a thread that begins with a message, and has its id. It needs CREATE_PUBLIC_THREADS.
     *
     * @return the thread, with its maker as its first member
     * @throws ApiException as {@link Channels#access}; {@code UNKNOWN_MESSAGE}; {@code THREAD_ALREADY_CREATED}; {@code
     *     WRONG_CHANNEL_TYPE}; {@code MAXIMUM_ACTIVE_THREADS}; or if the form is wrong or the user may not
     */
    public ObjectNode createFromMessage(Snowflake channelId, Snowflake messageId, Actor actor, Form form) {
        ThreadDraft draft = ThreadDraft.read(form);
        Snowflake guildId = guildOf(channelId, actor.userId());
        return create(guildId, channelId, actor, (handle, parent, member) -> {
            int type = parent.channel().type() == Channel.ANNOUNCEMENT
                    ? Channel.ANNOUNCEMENT_THREAD
                    : Channel.PUBLIC_THREAD;
            parent.require(Permission.CREATE_PUBLIC_THREADS).require(Permission.READ_MESSAGE_HISTORY);
            systemMessages.requireSaid(handle, parent.channel(), messageId);
            if (ThreadRows.find(handle, messageId).isPresent()) {
                throw new ApiException(ErrorCode.THREAD_ALREADY_CREATED);
            }
            Channel thread = insert(handle, parent, messageId, type, draft, actor.userId());
            List<Event> told = new ArrayList<>();
            told.add(events.created(handle, thread));
            told.addAll(systemMessages.threadStarted(handle, thread, member));
            return new Begun(thread, told);
        });
    }

    /**
     * Makes a thread that begins with nothing: a private one unless the form says otherwise. It needs
     * CREATE_PRIVATE_THREADS or CREATE_PUBLIC_THREADS.
     *
     * @return the thread, with its maker as its first member
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code MAXIMUM_ACTIVE_THREADS}; or if
     *     the form is wrong or the user may not
     */
    public ObjectNode create(Snowflake channelId, Actor actor, Form form) {
        ThreadDraft draft = ThreadDraft.read(form);
        Snowflake guildId = guildOf(channelId, actor.userId());
        return create(guildId, channelId, actor, (handle, parent, member) -> {
            boolean announces = parent.channel().type() == Channel.ANNOUNCEMENT;
            if (announces != (draft.type() == Channel.ANNOUNCEMENT_THREAD)) {
                throw Form.refusal("type", "BASE_TYPE_CHOICES", "The channel has no threads of that type.");
            }
            boolean hidden = draft.type() == Channel.PRIVATE_THREAD;
            parent.require(hidden ? Permission.CREATE_PRIVATE_THREADS : Permission.CREATE_PUBLIC_THREADS);
            Channel thread = insert(handle, parent, ids.next(), draft.type(), draft, actor.userId());
            List<Event> told = new ArrayList<>();
            told.add(events.created(handle, thread));
            if (!hidden) {
                told.add(systemMessages.threadCreated(handle, thread, member));
            }
            return new Begun(thread, told);
        });
    }

    /**
     * Changes a thread. Who manages threads may change all of it. Its maker may change all but {@code locked} and {@code
     * rate_limit_per_user} while it is not locked, and who may send messages there may bring it back.
     *
     * @return the thread as it is now
     * @throws ApiException as {@link Channels#access}; {@code THREAD_ARCHIVED} if it is archived and is to stay so; {@code
     *     MAXIMUM_ACTIVE_THREADS}; or if the form is wrong or the user may not
     */
    public ObjectNode modify(Snowflake threadId, Actor actor, Form form) {
        Snowflake guildId = guildOf(threadId, actor.userId());
        record Modified(Channel thread, List<Event> events) {}
        Modified modified = database.transaction(handle -> {
            ThreadUnderLock locked = ThreadUnderLock.take(handle, guildId, threadId, actor.userId());
            ThreadForm before = ThreadForm.of(locked.thread());
            ThreadForm after = before.with(form);
            if (after.equals(before)) {
                return new Modified(locked.thread(), List.of());
            }
            requireMayChange(locked, before, after);
            store(handle, locked, before, after);
            Channel thread = find(handle, threadId);
            List<Event> told = new ArrayList<>();
            told.add(events.updated(handle, thread));
            told.add(auditLog.append(
                    handle,
                    AuditEntry.of(
                            guildId,
                            actor,
                            AuditAction.THREAD_UPDATE,
                            threadId,
                            AuditChanges.between(audited(locked.thread()), audited(thread), AUDITED))));
            return new Modified(thread, told);
        });
        publisher.publish(modified.events());
        return modified.thread().body();
    }

    /**
     * Deletes a thread with its messages. It needs MANAGE_THREADS.
     *
     * @return the thread as it was
     * @throws ApiException as {@link Channels#access}; or if the user may not
     */
    public ObjectNode delete(Snowflake threadId, Actor actor) {
        Snowflake guildId = guildOf(threadId, actor.userId());
        record Deleted(Channel thread, List<Event> events) {}
        Deleted deleted = database.transaction(handle -> {
            ThreadUnderLock locked = ThreadUnderLock.take(handle, guildId, threadId, actor.userId());
            locked.require(locked.may(Permission.MANAGE_THREADS));
            Channel thread = locked.thread();
            List<Snowflake> members = ThreadMemberRows.page(handle, threadId, 0, ThreadLimits.MEMBERS).stream()
                    .map(ThreadMember::userId)
                    .toList();
            ChannelRows.delete(handle, threadId);
            systemMessages.threadGone(handle, thread);
            Guilds.accessChanges(handle, guildId);
            List<Event> told = new ArrayList<>();
            told.add(events.deleted(handle, thread, members));
            told.add(auditLog.append(
                    handle,
                    AuditEntry.of(
                            guildId,
                            actor,
                            AuditAction.THREAD_DELETE,
                            threadId,
                            AuditChanges.deleted(audited(thread), AUDITED))));
            return new Deleted(thread, told);
        });
        publisher.publish(deleted.events());
        return deleted.thread().body();
    }

    /** A thread that was made, and what tells of it. */
    private record Begun(Channel thread, List<Event> events) {}

    @FunctionalInterface
    private interface Beginning {

        Begun begin(Handle handle, ParentUnderLock parent, Member member);
    }

    private ObjectNode create(Snowflake guildId, Snowflake channelId, Actor actor, Beginning beginning) {
        record Created(SeenThread thread, List<Event> events) {}
        Created created = database.transaction(handle -> {
            ParentUnderLock parent = ParentUnderLock.take(handle, guildId, channelId, actor.userId());
            ThreadLimits.requireRoomForActive(handle, guildId);
            Member maker = MemberRows.find(handle, guildId, actor.userId())
                    .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_GUILD));
            Begun begun = beginning.begin(handle, parent, maker);
            Snowflake threadId = begun.thread().id();
            Channel thread = find(handle, threadId);
            ThreadMember first = ThreadMemberRows.find(handle, threadId, actor.userId())
                    .orElseThrow(() -> new IllegalStateException("A thread without its maker"));
            List<Event> told = new ArrayList<>(begun.events());
            told.add(events.ownMember(handle, thread, first));
            told.add(events.joined(handle, thread, first, maker));
            told.add(auditLog.append(
                    handle,
                    AuditEntry.of(
                            guildId,
                            actor,
                            AuditAction.THREAD_CREATE,
                            threadId,
                            AuditChanges.created(audited(thread), AUDITED))));
            return new Created(new SeenThread(thread, first), told);
        });
        publisher.publish(created.events());
        return created.thread().bodyWithMember();
    }

    private static Channel insert(
            Handle handle, ParentUnderLock parent, Snowflake threadId, int type, ThreadDraft draft, Snowflake userId) {
        Channel in = parent.channel();
        Integer duration = first(draft.autoArchiveDuration(), in.defaultAutoArchiveDuration());
        Integer rateLimit = first(draft.rateLimitPerUser(), in.defaultThreadRateLimitPerUser());
        Channel thread = new Channel(
                threadId,
                type,
                in.guildId(),
                draft.name(),
                null,
                0,
                in.id(),
                in.nsfw(),
                rateLimit == null ? 0 : rateLimit,
                null,
                List.of());
        ThreadState state = new ThreadState(
                userId,
                false,
                false,
                draft.invitable(),
                duration == null ? DEFAULT_AUTO_ARCHIVE : duration,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                0);
        ChannelRows.insert(handle, thread);
        ThreadRows.insert(handle, thread, in.id(), state);
        ThreadMemberRows.insert(handle, parent.standing().guildId(), threadId, userId);
        Guilds.accessChanges(handle, parent.standing().guildId());
        return find(handle, threadId);
    }

    private static void requireMayChange(ThreadUnderLock locked, ThreadForm before, ThreadForm after) {
        if (before.archived() && after.archived()) {
            throw new ApiException(ErrorCode.THREAD_ARCHIVED);
        }
        if (locked.may(Permission.MANAGE_THREADS)) {
            return;
        }
        boolean onlyBack = before.archived() && after.archivedAs(before).equals(before);
        boolean owned = locked.owns() && after.restrictsAs(before);
        locked.require(!before.locked() && (owned || (onlyBack && locked.may(Permission.SEND_MESSAGES))));
    }

    private static void store(Handle handle, ThreadUnderLock locked, ThreadForm before, ThreadForm after) {
        Channel thread = locked.thread();
        if (!after.name().equals(before.name()) || after.rateLimitPerUser() != before.rateLimitPerUser()) {
            ChannelRows.update(handle, thread.named(after.name(), after.rateLimitPerUser()));
        }
        ThreadRows.update(handle, thread.id(), after.locked(), after.invitable(), after.autoArchiveDuration());
        if (after.archived() && !before.archived()) {
            ThreadRows.archive(handle, thread.id());
        } else if (!after.archived() && before.archived()) {
            ThreadLimits.requireRoomForActive(handle, locked.guildId());
            ThreadRows.activate(handle, thread.id());
        }
    }

    private Snowflake guildOf(Snowflake channelId, Snowflake userId) {
        Snowflake guildId = channels.access(channelId, userId).channel().guildId();
        if (guildId == null) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
        return guildId;
    }

    private static Channel find(Handle handle, Snowflake threadId) {
        return ThreadRows.find(handle, threadId).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_CHANNEL));
    }

    /** The audit log knows no {@code thread_metadata}: what is in it stands beside the rest. */
    private static ObjectNode audited(Channel thread) {
        ObjectNode body = thread.body();
        body.setAll((ObjectNode) Objects.requireNonNull(body.get("thread_metadata")));
        return body;
    }

    private static @Nullable Integer first(@Nullable Integer asked, @Nullable Integer otherwise) {
        return asked == null ? otherwise : asked;
    }

    /** A channel in which a member is about to make a thread. */
    private record ParentUnderLock(Channel channel, Standing standing, long permissions) {

        static ParentUnderLock take(Handle handle, Snowflake guildId, Snowflake channelId, Snowflake userId) {
            Standing standing = Standing.lock(handle, guildId, userId);
            Channel channel = ChannelRows.findAll(handle, List.of(channelId)).stream()
                    .findFirst()
                    .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_CHANNEL));
            if (channel.type() != Channel.TEXT && channel.type() != Channel.ANNOUNCEMENT) {
                throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
            }
            long permissions = standing.inChannel(channel.permissionOverwrites());
            if (!Permission.VIEW_CHANNEL.in(permissions)) {
                throw new ApiException(ErrorCode.MISSING_ACCESS);
            }
            return new ParentUnderLock(channel, standing, permissions);
        }

        ParentUnderLock require(Permission permission) {
            if (!permission.in(permissions)) {
                throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
            }
            return this;
        }
    }
}
