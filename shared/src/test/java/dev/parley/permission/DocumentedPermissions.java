package dev.parley.permission;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a member has one permission, by the sentences of the Discord documentation ("Permissions" and "Threads"), one
 * after the other. It shares nothing with {@link PermissionCalculator} but the names.
 *
 * @param everyone what the role of everyone gives
 * @param roles what the member's other roles give
 * @param everyoneSays the overwrite for the role of everyone
 * @param rolesSay the overwrites for the member's roles
 * @param memberSays the overwrite for the member
 * @param joined whether the member is in the thread
 */
record DocumentedPermissions(
        boolean owner,
        Set<Permission> everyone,
        Map<String, Set<Permission>> roles,
        Says everyoneSays,
        List<Says> rolesSay,
        Says memberSays,
        Where where,
        boolean joined,
        boolean timedOut) {

    enum Where {
        GUILD,
        CHANNEL,
        PUBLIC_THREAD,
        PRIVATE_THREAD
    }

    /** An overwrite. */
    record Says(Set<Permission> allow, Set<Permission> deny) {

        static final Says NOTHING = new Says(Set.of(), Set.of());
    }

    boolean has(Permission permission) {
        // "The owner of the guild has all permissions"; "ADMINISTRATOR allows all permissions and bypasses channel
        // permission overwrites".
        if (owner || isAdministrator()) {
            return true;
        }
        // "Private threads can only be viewed by those who are added, and by those with MANAGE_THREADS."
        if (where == Where.PRIVATE_THREAD && !joined && !keeps(Permission.MANAGE_THREADS)) {
            return false;
        }
        return keeps(permission);
    }

    private boolean isAdministrator() {
        return given(Permission.ADMINISTRATOR);
    }

    /** "Timed out members will temporarily lose all permissions except VIEW_CHANNEL and READ_MESSAGE_HISTORY." */
    private boolean keeps(Permission permission) {
        boolean survives = permission == Permission.VIEW_CHANNEL || permission == Permission.READ_MESSAGE_HISTORY;
        return (!timedOut || survives) && isThere(permission);
    }

    private boolean isThere(Permission permission) {
        return switch (where) {
            case GUILD -> given(permission);
            case CHANNEL -> inSight(permission, Permission.SEND_MESSAGES);
            // "Users must have the SEND_MESSAGES_IN_THREADS permission to talk in a thread; SEND_MESSAGES has no
            // effect."
            case PUBLIC_THREAD, PRIVATE_THREAD ->
                inSight(
                        permission == Permission.SEND_MESSAGES ? Permission.SEND_MESSAGES_IN_THREADS : permission,
                        Permission.SEND_MESSAGES_IN_THREADS);
        };
    }

    private boolean inSight(Permission permission, Permission sending) {
        // "Denying VIEW_CHANNEL implicitly denies other permissions on the channel."
        if (!inChannel(Permission.VIEW_CHANNEL)) {
            return false;
        }
        // "Denying SEND_MESSAGES implicitly denies MENTION_EVERYONE, SEND_TTS_MESSAGES, ATTACH_FILES, and EMBED_LINKS."
        // A poll is a message, too.
        boolean partOfSending = switch (permission) {
            case MENTION_EVERYONE, SEND_TTS_MESSAGES, ATTACH_FILES, EMBED_LINKS, SEND_POLLS -> true;
            default -> false;
        };
        if (partOfSending && !inChannel(sending)) {
            return false;
        }
        return inChannel(permission);
    }

    /** "Permission Overwrites", steps 1 to 7. */
    private boolean inChannel(Permission permission) {
        if (permission == Permission.ADMINISTRATOR) {
            return false; // only roles make administrators
        }
        if (memberSays.allow().contains(permission)) {
            return true;
        }
        if (memberSays.deny().contains(permission)) {
            return false;
        }
        if (rolesSay.stream().anyMatch(says -> says.allow().contains(permission))) {
            return true;
        }
        if (rolesSay.stream().anyMatch(says -> says.deny().contains(permission))) {
            return false;
        }
        if (everyoneSays.allow().contains(permission)) {
            return true;
        }
        return !everyoneSays.deny().contains(permission) && given(permission);
    }

    private boolean given(Permission permission) {
        return everyone.contains(permission) || roles.values().stream().anyMatch(role -> role.contains(permission));
    }
}
