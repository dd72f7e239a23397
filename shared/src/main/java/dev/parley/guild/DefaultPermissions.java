package dev.parley.guild;

import dev.parley.permission.Permission;

/** What the role of everyone may do in a new guild, as on Discord. */
final class DefaultPermissions {

    static final long EVERYONE = Permission.of(
            Permission.CREATE_INSTANT_INVITE,
            Permission.ADD_REACTIONS,
            Permission.STREAM,
            Permission.VIEW_CHANNEL,
            Permission.SEND_MESSAGES,
            Permission.SEND_TTS_MESSAGES,
            Permission.EMBED_LINKS,
            Permission.ATTACH_FILES,
            Permission.READ_MESSAGE_HISTORY,
            Permission.MENTION_EVERYONE,
            Permission.USE_EXTERNAL_EMOJIS,
            Permission.CONNECT,
            Permission.SPEAK,
            Permission.CHANGE_NICKNAME,
            Permission.USE_APPLICATION_COMMANDS,
            Permission.CREATE_PUBLIC_THREADS,
            Permission.CREATE_PRIVATE_THREADS,
            Permission.SEND_MESSAGES_IN_THREADS,
            Permission.SEND_POLLS);

    private DefaultPermissions() {}
}
