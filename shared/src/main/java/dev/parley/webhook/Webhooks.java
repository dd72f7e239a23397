package dev.parley.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.account.Accounts;
import dev.parley.account.User;
import dev.parley.audit.Actor;
import dev.parley.audit.AuditAction;
import dev.parley.audit.AuditChanges;
import dev.parley.audit.AuditEntry;
import dev.parley.audit.AuditLog;
import dev.parley.channel.Channel;
import dev.parley.channel.ChannelAccess;
import dev.parley.channel.ChannelUnderLock;
import dev.parley.channel.Channels;
import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.guild.Guilds;
import dev.parley.image.Image;
import dev.parley.image.Images;
import dev.parley.permission.Permission;
import dev.parley.protocol.ApiException;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Form;
import dev.parley.protocol.Json;
import dev.parley.settings.Secret;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import dev.parley.store.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of guilds' channels (Discord documentation, "Webhook Resource"). Who manages them needs MANAGE_WEBHOOKS in
 * the channel; who has a webhook's token needs nothing else. Tokens are compared in a time that does not tell how much of
 * one was right.
 *
 * <p>Thread-safe.
 */
public final class Webhooks {

    private static final int MAX_OF_CHANNEL = 15;

    /** As long as Discord's: 68 characters. */
    private static final int TOKEN_BYTES = 51;

    /** Text, voice, announcement, stage, forum and media channels; a thread is posted into through its parent's. */
    private static final Set<Integer> CHANNEL_TYPES = Set.of(Channel.TEXT, 2, 5, 13, 15, 16);

    private static final List<String> AUDITED = List.of("type", "name", "channel_id", "avatar_hash", "application_id");

    private final Database database;
    private final SnowflakeGenerator ids;
    private final Supplier<SecureRandom> random;
    private final Accounts accounts;
    private final Channels channels;
    private final Guilds guilds;
    private final Images images;
    private final AuditLog auditLog;
    private final Outbox outbox;
    private final EventPublisher publisher;

    private record Change(Webhook webhook, List<Event> events) {}

    public Webhooks(
            Database database,
            SnowflakeGenerator ids,
            Supplier<SecureRandom> random,
            Accounts accounts,
            Channels channels,
            Guilds guilds,
            Images images,
            AuditLog auditLog,
            Outbox outbox,
            EventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.random = random;
        this.accounts = accounts;
        this.channels = channels;
        this.guilds = guilds;
        this.images = images;
        this.auditLog = auditLog;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * Makes a webhook.
     *
     * @param form {@code name}, 1 to 80 characters; {@code avatar}, an image
     * @return the webhook with its token
     * @throws ApiException as {@link Channels#access}; {@code WRONG_CHANNEL_TYPE}; {@code MAXIMUM_WEBHOOKS} if the channel
     *     has 15; or if the form is wrong or the user may not
     */
    public ObjectNode create(Snowflake channelId, Actor actor, Form form) {
        Snowflake guildId = guildOf(channelId, actor.userId());
        User creator = accounts.user(actor.userId());
        Image avatar = WebhookForm.avatar(form);
        String name = WebhookForm.requiredName(form);
        Snowflake webhookId = ids.next();
        byte[] secret = new byte[TOKEN_BYTES];
        random.get().nextBytes(secret);
        Webhook webhook = new Webhook(
                webhookId,
                guildId,
                channelId,
                creator,
                creator.bot() ? creator.id() : null,
                name,
                avatar == null ? null : images.store(Images.Owner.USER, webhookId, avatar),
                new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(secret)));
        List<Event> events = database.transaction(handle -> {
            requireRoom(handle, lock(handle, webhook, actor));
            WebhookRows.insert(handle, webhook);
            return List.of(
                    changed(handle, webhook),
                    audit(
                            handle,
                            webhook,
                            actor,
                            AuditAction.WEBHOOK_CREATE,
                            AuditChanges.created(webhook.audited(), AUDITED)));
        });
        publisher.publish(events);
        return webhook.body(actor.userId());
    }

    /**
     * The webhooks of a channel, the oldest first.
     *
     * @throws ApiException as {@link Channels#access}, or if the user may not
     */
    public ArrayNode ofChannel(Snowflake channelId, Snowflake userId) {
        guildOf(channelId, userId);
        return bodies(database.query(handle -> WebhookRows.ofChannel(handle, channelId)), userId);
    }

    /**
     * The webhooks of a guild, the oldest first.
     *
     * @throws ApiException {@code UNKNOWN_GUILD} if the user is not in the guild; or if the user may not
     */
    public ArrayNode ofGuild(Snowflake guildId, Snowflake userId) {
        return bodies(
                database.query(handle -> {
                    if (!Permission.MANAGE_WEBHOOKS.in(
                            guilds.require(handle, guildId, userId).permissions())) {
                        throw new ApiException(ErrorCode.MISSING_PERMISSIONS);
                    }
                    return WebhookRows.ofGuild(handle, guildId);
                }),
                userId);
    }

    /**
     * A webhook.
     *
     * @throws ApiException {@code UNKNOWN_WEBHOOK}, also for who is not in its guild; or if the user may not
     */
    public ObjectNode get(Snowflake webhookId, Snowflake userId) {
        return managed(webhookId, userId).body(userId);
    }

    /**
     * Changes a webhook; with {@code channel_id} it moves within its guild.
     *
     * @return the webhook as it is now
     * @throws ApiException as {@link #get}; {@code UNKNOWN_CHANNEL} and {@code MAXIMUM_WEBHOOKS} of the other channel; or
     *     if the form is wrong
     */
    public ObjectNode modify(Snowflake webhookId, Actor actor, Form form) {
        Webhook known = managed(webhookId, actor.userId());
        Snowflake channelId = form.optionalSnowflake("channel_id");
        String avatar = storedAvatar(known, form);
        Change change = database.transaction(handle -> {
            // As it is now: what somebody else changes at the same time stays.
            Webhook before = locked(handle, known);
            lock(handle, before, actor);
            Webhook renamed = changed(before, form, avatar);
            Webhook after = channelId == null ? renamed : renamed.in(channelId);
            boolean moves = !after.channelId().equals(before.channelId());
            if (moves) {
                requireRoom(handle, lock(handle, after, actor));
            }
            WebhookRows.update(handle, after);
            List<Event> all = new ArrayList<>();
            all.add(changed(handle, before));
            if (moves) {
                all.add(changed(handle, after));
            }
            AuditChanges changes = AuditChanges.between(before.audited(), after.audited(), AUDITED);
            if (!changes.isEmpty()) {
                all.add(audit(handle, after, actor, AuditAction.WEBHOOK_UPDATE, changes));
            }
            return new Change(after, all);
        });
        publisher.publish(change.events());
        return change.webhook().body(actor.userId());
    }

    /**
     * Removes a webhook. Its messages stay.
     *
     * @throws ApiException as {@link #get}
     */
    public void delete(Snowflake webhookId, Actor actor) {
        Webhook webhook = managed(webhookId, actor.userId());
        List<Event> events = database.transaction(handle -> {
            lock(handle, webhook, actor);
            if (!WebhookRows.delete(handle, webhookId)) {
                throw new ApiException(ErrorCode.UNKNOWN_WEBHOOK);
            }
            return List.of(
                    changed(handle, webhook),
                    audit(
                            handle,
                            webhook,
                            actor,
                            AuditAction.WEBHOOK_DELETE,
                            AuditChanges.deleted(webhook.audited(), AUDITED)));
        });
        publisher.publish(events);
    }

    /**
     * A webhook for who has its token.
     *
     * @throws ApiException {@code UNKNOWN_WEBHOOK}; {@code INVALID_WEBHOOK_TOKEN}
     */
    public ObjectNode getByToken(Snowflake webhookId, Secret token) {
        return require(webhookId, token).bodyByToken();
    }

    /**
     * Changes a webhook for who has its token. The audit log, which tells of people, says nothing of it.
     *
     * @return the webhook as it is now
     * @throws ApiException as {@link #getByToken}; or if the form is wrong
     */
    public ObjectNode modifyByToken(Snowflake webhookId, Secret token, Form form) {
        Webhook known = require(webhookId, token);
        String avatar = storedAvatar(known, form);
        Change change = database.transaction(handle -> {
            Webhook before = locked(handle, known);
            Webhook after = changed(before, form, avatar);
            WebhookRows.update(handle, after);
            return new Change(after, List.of(changed(handle, after)));
        });
        publisher.publish(change.events());
        return change.webhook().bodyByToken();
    }

    /**
     * Removes a webhook for who has its token.
     *
     * @throws ApiException as {@link #getByToken}
     */
    public void deleteByToken(Snowflake webhookId, Secret token) {
        Webhook webhook = require(webhookId, token);
        Event event = database.transaction(handle -> {
            Guilds.lock(handle, webhook.guildId());
            if (!WebhookRows.delete(handle, webhookId)) {
                throw new ApiException(ErrorCode.UNKNOWN_WEBHOOK);
            }
            return changed(handle, webhook);
        });
        publisher.publish(event);
    }

    /**
     * A webhook that a token is good for.
     *
     * @throws ApiException {@code UNKNOWN_WEBHOOK}; {@code INVALID_WEBHOOK_TOKEN}
     */
    Webhook require(Snowflake webhookId, Secret token) {
        Webhook webhook = find(webhookId);
        if (!MessageDigest.isEqual(bytes(webhook.token()), bytes(token))) {
            throw new ApiException(ErrorCode.INVALID_WEBHOOK_TOKEN);
        }
        return webhook;
    }

    /** The stored avatar that a form brings; null if it brings none. */
    private @Nullable String storedAvatar(Webhook webhook, Form form) {
        Image avatar = WebhookForm.avatar(form);
        WebhookForm.nameOr(form, webhook.name()); // what is wrong is refused before anything is stored
        return avatar == null ? null : images.store(Images.Owner.USER, webhook.id(), avatar);
    }

    /** The webhook with the name and the avatar of a form, or its own. */
    private static Webhook changed(Webhook before, Form form, @Nullable String newAvatar) {
        String name = WebhookForm.nameOr(form, before.name());
        return before.with(name, newAvatar == null && !form.has("avatar") ? before.avatar() : newAvatar);
    }

    private static byte[] bytes(Secret secret) {
        return secret.value().getBytes(StandardCharsets.UTF_8);
    }

    /** The guild of a channel in which a user manages the webhooks. */
    private Snowflake guildOf(Snowflake channelId, Snowflake userId) {
        ChannelAccess access = channels.access(channelId, userId);
        Snowflake guildId = access.channel().guildId();
        if (guildId == null) {
            throw new ApiException(ErrorCode.DIRECT_MESSAGE_CHANNEL);
        }
        access.require(Permission.MANAGE_WEBHOOKS);
        requireType(access.channel());
        return guildId;
    }

    private Webhook managed(Snowflake webhookId, Snowflake userId) {
        Webhook webhook = find(webhookId);
        try {
            guildOf(webhook.channelId(), userId);
        } catch (ApiException e) {
            // Who is not in the guild does not learn that there is such a webhook.
            throw e.code() == ErrorCode.UNKNOWN_CHANNEL ? new ApiException(ErrorCode.UNKNOWN_WEBHOOK) : e;
        }
        return webhook;
    }

    private Webhook find(Snowflake webhookId) {
        return database.query(handle -> WebhookRows.find(handle, webhookId))
                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_WEBHOOK));
    }

    /** A webhook as it is while nobody else changes one of its guild. */
    private static Webhook locked(Handle handle, Webhook known) {
        Guilds.lock(handle, known.guildId());
        return WebhookRows.find(handle, known.id()).orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_WEBHOOK));
    }

    private static Channel lock(Handle handle, Webhook webhook, Actor actor) {
        Channel channel = ChannelUnderLock.take(handle, webhook.guildId(), webhook.channelId(), actor.userId())
                .require(Permission.MANAGE_WEBHOOKS)
                .channel();
        requireType(channel);
        return channel;
    }

    private static void requireType(Channel channel) {
        if (!CHANNEL_TYPES.contains(channel.type())) {
            throw new ApiException(ErrorCode.WRONG_CHANNEL_TYPE);
        }
    }

    /** The guild's row is locked, so that two at once cannot both pass. */
    private static void requireRoom(Handle handle, Channel channel) {
        if (WebhookRows.count(handle, channel.id()) >= MAX_OF_CHANNEL) {
            throw new ApiException(ErrorCode.MAXIMUM_WEBHOOKS);
        }
    }

    /** Tells who manages a channel's webhooks that they have changed, and not how. */
    private Event changed(Handle handle, Webhook webhook) {
        ObjectNode data = Json.object();
        data.put("guild_id", webhook.guildId().toString());
        data.put("channel_id", webhook.channelId().toString());
        Event event = new Event(
                ids.next(),
                DispatchType.WEBHOOKS_UPDATE,
                new Audience.Privileged(webhook.guildId(), webhook.channelId(), Permission.MANAGE_WEBHOOKS.mask()),
                data);
        outbox.add(handle, event);
        return event;
    }

    private Event audit(Handle handle, Webhook webhook, Actor actor, AuditAction action, AuditChanges changes) {
        return auditLog.append(handle, AuditEntry.of(webhook.guildId(), actor, action, webhook.id(), changes));
    }

    private static ArrayNode bodies(List<Webhook> webhooks, Snowflake viewerId) {
        ArrayNode bodies = Json.array();
        webhooks.forEach(webhook -> bodies.add(webhook.body(viewerId)));
        return bodies;
    }
}
