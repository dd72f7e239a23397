package dev.parley.emoji;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.emoji.EmojiRows.Holder;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.guild.Role;
import dev.parley.guild.Standing;
import dev.parley.image.Images;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The custom emojis of guilds (Discord documentation, "Emoji Resource"). CREATE_GUILD_EXPRESSIONS makes one and changes one's own;
 * MANAGE_GUILD_EXPRESSIONS changes everybody's.
 *
 * <p>Thread-safe.
 */
public final class GuildEmojis {

    /** Of each kind, those that move and those that do not: what a guild without boosts may have. */
    private static final int MAX_OF_A_KIND = 50;

    private static final List<String> AUDITED = List.of("name");

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Accounts accounts;
    private final Guilds guilds;
    private final Images images;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public GuildEmojis(
            Database database,
            SnowflakeGenerator ids,
            Accounts accounts,
            Guilds guilds,
            Images images,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.accounts = accounts;
        this.guilds = guilds;
        this.images = images;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * The emojis of a guild; who may make some sees who made them.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild
     */
    public ArrayNode list(Snowflake guildId, Snowflake userId) {
        return database.query(handle -> {
            boolean knowing = knows(guilds.require(handle, guildId, userId).permissions());
            ArrayNode list = Json.array();
            EmojiRows.ofGuild(handle, guildId).forEach(emoji -> list.add(body(emoji, knowing)));
            return list;
        });
    }

    /**
     * One emoji, as above.
     *
     * @throws ApiException {@code UNKNOWN_GUILD}; {@code UNKNOWN_EMOJI}
     */
    public ObjectNode get(Snowflake guildId, Snowflake emojiId, Snowflake userId) {
        return database.query(handle -> {
            boolean knowing = knows(guilds.require(handle, guildId, userId).permissions());
            return body(find(handle, guildId, emojiId), knowing);
        });
    }

    /**
     * Makes an emoji.
     *
     * @param form {@code name}, {@code image}, {@code roles}
     * @throws ApiException if the form is wrong, the user may not, or the guild has 50 of the kind
     */
    public ObjectNode create(Snowflake guildId, Actor actor, Form form) {
        EmojiForm.New wanted = EmojiForm.create(form);
        // Asked before anything is stored, and again under the guild's lock.
        long permissions = database.query(
                handle -> guilds.require(handle, guildId, actor.userId()).permissions());
        requireMayCreate(permissions);
        User user = accounts.user(actor.userId());
        Snowflake emojiId = ids.next();
        images.storeEmoji(emojiId, wanted.image());
        record Made(Emoji emoji, List<Event> events) {}
        Made made = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId());
            requireMayCreate(standing.permissions());
            Emoji emoji = new Emoji(
                    emojiId, wanted.name(), wanted.image().animated(), user, existing(standing, wanted.roles()));
            requireRoom(EmojiRows.ofGuild(handle, guildId), emoji.animated());
            EmojiRows.insert(handle, Holder.GUILD, guildId, emoji);
            return new Made(
                    emoji,
                    tell(
                            handle,
                            guildId,
                            actor,
                            AuditAction.EMOJI_CREATE,
                            emojiId,
                            AuditChanges.created(emoji.body(), AUDITED)));
        });
        publisher.publish(made.events());
        return made.emoji().bodyWithUser();
    }

    /**
     * Changes an emoji.
     *
     * @param form {@code name}, {@code roles}
     * @throws ApiException {@code UNKNOWN_EMOJI}, or if the form is wrong or the user may not
     */
    public ObjectNode modify(Snowflake guildId, Snowflake emojiId, Actor actor, Form form) {
        EmojiForm.Change change = EmojiForm.modify(form);
        record Changed(Emoji emoji, List<Event> events) {}
        Changed changed = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId());
            Emoji before = find(handle, guildId, emojiId);
            requireMayChange(standing, before);
            String name = change.name();
            List<Snowflake> roles = change.roles();
            Emoji after = before.with(
                    name == null ? before.name() : name, roles == null ? before.roles() : existing(standing, roles));
            EmojiRows.update(handle, after);
            return new Changed(
                    after,
                    tell(
                            handle,
                            guildId,
                            actor,
                            AuditAction.EMOJI_UPDATE,
                            emojiId,
                            AuditChanges.between(before.body(), after.body(), AUDITED)));
        });
        publisher.publish(changed.events());
        return changed.emoji().bodyWithUser();
    }

    /**
     * Removes an emoji. Its image stays, for the messages that show it.
     *
     * @throws ApiException {@code UNKNOWN_EMOJI}, or if the user may not
     */
    public void delete(Snowflake guildId, Snowflake emojiId, Actor actor) {
        List<Event> events = database.transaction(handle -> {
            Standing standing = Standing.lock(handle, guildId, actor.userId());
            Emoji emoji = find(handle, guildId, emojiId);
            requireMayChange(standing, emoji);
            EmojiRows.delete(handle, emojiId);
            return tell(
                    handle,
                    guildId,
                    actor,
                    AuditAction.EMOJI_DELETE,
                    emojiId,
                    AuditChanges.deleted(emoji.body(), AUDITED));
        });
        publisher.publish(events);
    }

    private List<Event> tell(
            Handle handle,
            Snowflake guildId,
            Actor actor,
            AuditAction action,
            Snowflake emojiId,
            AuditChanges changes) {
        ObjectNode data = Json.object();
        data.put("guild_id", guildId.toString());
        data.set("emojis", Emoji.bodies(EmojiRows.ofGuild(handle, guildId)));
        Event event = new Event(ids.next(), DispatchType.GUILD_EMOJIS_UPDATE, new Audience.Guild(guildId, null), data);
        outbox.add(handle, event);
        List<Event> events = new ArrayList<>(List.of(event));
        if (action != AuditAction.EMOJI_UPDATE || !changes.isEmpty()) {
            events.add(auditLog.append(handle, AuditEntry.of(guildId, actor, action, emojiId, changes)));
        }
        return events;
    }

    private static Emoji find(Handle handle, Snowflake guildId, Snowflake emojiId) {
        return EmojiRows.find(handle, Holder.GUILD, guildId, emojiId)
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_EMOJI));
    }

    private static ObjectNode body(Emoji emoji, boolean knowing) {
        return knowing ? emoji.bodyWithUser() : emoji.body();
    }

    private static boolean knows(long permissions) {
        return Permission.CREATE_GUILD_EXPRESSIONS.in(permissions)
                || Permission.MANAGE_GUILD_EXPRESSIONS.in(permissions);
    }

    private static List<Snowflake> existing(Standing standing, List<Snowflake> roleIds) {
        Set<Snowflake> roles = standing.roles().stream().map(Role::id).collect(Collectors.toSet());
        return roleIds.stream().filter(roles::contains).toList();
    }

    private static void requireMayCreate(long permissions) {
        if (!Permission.CREATE_GUILD_EXPRESSIONS.in(permissions)) {
            throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
        }
    }

    private static void requireMayChange(Standing standing, Emoji emoji) {
        boolean own = emoji.user().id().equals(standing.userId())
                && Permission.CREATE_GUILD_EXPRESSIONS.in(standing.permissions());
        if (!own) {
            standing.require(Permission.MANAGE_GUILD_EXPRESSIONS);
        }
    }

    private static void requireRoom(List<Emoji> existing, boolean animated) {
        long ofTheKind =
                existing.stream().filter(emoji -> emoji.animated() == animated).count();
        if (ofTheKind >= MAX_OF_A_KIND) {
            throw new ApiException(animated ? ErrorCode.MAXIMUM_ANIMATED_EMOJIS : ErrorCode.MAXIMUM_EMOJIS);
        }
    }
}
