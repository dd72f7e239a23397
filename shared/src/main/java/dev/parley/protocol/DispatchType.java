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
    GUILD_MEMBER_ADD(Intent.GUILD_MEMBERS, null),
    CHANNEL_CREATE(Intent.GUILDS, null),
    INVITE_CREATE(Intent.GUILD_INVITES, null),
    MESSAGE_CREATE(Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES);

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
}
