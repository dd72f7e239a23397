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
    INVITE_CREATE(Intent.GUILD_INVITES, null),
    MESSAGE_CREATE(Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
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
