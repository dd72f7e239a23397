package dev.parley.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The events of op 0, each with the intent that a session needs for it in a guild and in a direct message; null where no
 * intent is needed (Discord documentation, "List of Intents").
 */
public enum DispatchType {
    READY(null, null),
    RESUMED(null, null),
    GUILD_CREATE(Intent.GUILDS, null),
    GUILD_UPDATE(Intent.GUILDS, null),
    GUILD_DELETE(Intent.GUILDS, null),
    GUILD_ROLE_CREATE(Intent.GUILDS, null),
    GUILD_ROLE_UPDATE(Intent.GUILDS, null),
    GUILD_ROLE_DELETE(Intent.GUILDS, null),
    GUILD_MEMBER_ADD(Intent.GUILD_MEMBERS, null),
    GUILD_MEMBER_UPDATE(Intent.GUILD_MEMBERS, null),
    GUILD_MEMBER_REMOVE(Intent.GUILD_MEMBERS, null),
    GUILD_MEMBERS_CHUNK(null, null),
    CHANNEL_CREATE(Intent.GUILDS, null),
    CHANNEL_UPDATE(Intent.GUILDS, null),
    CHANNEL_DELETE(Intent.GUILDS, null),
    CHANNEL_PINS_UPDATE(Intent.GUILDS, Intent.DIRECT_MESSAGES),
    THREAD_CREATE(Intent.GUILDS, null),
    THREAD_UPDATE(Intent.GUILDS, null),
    THREAD_DELETE(Intent.GUILDS, null),
    THREAD_LIST_SYNC(Intent.GUILDS, null),
    THREAD_MEMBER_UPDATE(Intent.GUILDS, null),
    THREAD_MEMBERS_UPDATE(Intent.GUILD_MEMBERS, null),
    GUILD_BAN_ADD(Intent.GUILD_MODERATION, null),
    GUILD_BAN_REMOVE(Intent.GUILD_MODERATION, null),
    GUILD_AUDIT_LOG_ENTRY_CREATE(Intent.GUILD_MODERATION, null),
    GUILD_EMOJIS_UPDATE(Intent.GUILD_EXPRESSIONS, null),
    GUILD_INTEGRATIONS_UPDATE(Intent.GUILD_INTEGRATIONS, null),
    WEBHOOKS_UPDATE(Intent.GUILD_WEBHOOKS, null),
    INVITE_CREATE(Intent.GUILD_INVITES, null),
    INVITE_DELETE(Intent.GUILD_INVITES, null),
    MESSAGE_CREATE(Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
    MESSAGE_UPDATE(Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
    MESSAGE_DELETE(Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
    MESSAGE_DELETE_BULK(Intent.GUILD_MESSAGES, null),
    MESSAGE_REACTION_ADD(Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS),
    MESSAGE_REACTION_REMOVE(Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS),
    MESSAGE_REACTION_REMOVE_ALL(Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS),
    MESSAGE_REACTION_REMOVE_EMOJI(Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS),
    AUTO_MODERATION_RULE_CREATE(Intent.AUTO_MODERATION_CONFIGURATION, null),
    AUTO_MODERATION_RULE_UPDATE(Intent.AUTO_MODERATION_CONFIGURATION, null),
    AUTO_MODERATION_RULE_DELETE(Intent.AUTO_MODERATION_CONFIGURATION, null),
    AUTO_MODERATION_ACTION_EXECUTION(Intent.AUTO_MODERATION_EXECUTION, null),
    INTERACTION_CREATE(null, null),
    /** To the user who asked: the application has answered. */
    INTERACTION_SUCCESS(null, null),
    /** To the user who asked: the application wants a form filled in. */
    INTERACTION_MODAL_CREATE(null, null),
    APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE(null, null),
    APPLICATION_COMMAND_PERMISSIONS_UPDATE(null, null),
    /** To no client: tokens were revoked, and each Region ends the sessions that were begun with them. */
    AUTH_SESSION_CHANGE(null, null),
    USER_UPDATE(null, null),
    USER_SETTINGS_UPDATE(null, null),
    RELATIONSHIP_ADD(null, null),
    RELATIONSHIP_REMOVE(null, null),
    MESSAGE_ACK(null, null),
    CHANNEL_RECIPIENT_ADD(null, null),
    CHANNEL_RECIPIENT_REMOVE(null, null),
    TYPING_START(Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING),
    PRESENCE_UPDATE(Intent.GUILD_PRESENCES, null);

    private final @Nullable Intent inGuild;
    private final @Nullable Intent inDirectMessage;

    DispatchType(@Nullable Intent inGuild, @Nullable Intent inDirectMessage) {
        this.inGuild = inGuild;
        this.inDirectMessage = inDirectMessage;
    }

    /** The intent that an event of a guild needs. */
    public @Nullable Intent inGuild() {
        return inGuild;
    }

    /** The intent that an event of a direct-message channel needs. */
    public @Nullable Intent inDirectMessage() {
        return inDirectMessage;
    }

    /**
     * Whether the event may be left out when there is too much to send: it tells of a moment that passes, and is stored
     * nowhere.
     */
    public boolean passing() {
        return this == TYPING_START || this == PRESENCE_UPDATE;
    }
}
