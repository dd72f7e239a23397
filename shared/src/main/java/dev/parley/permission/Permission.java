package dev.parley.permission;

/** The permissions (Discord documentation, "Bitwise Permission Flags"). */
public enum Permission {
    CREATE_INSTANT_INVITE(0),
    KICK_MEMBERS(1),
    BAN_MEMBERS(2),
    ADMINISTRATOR(3),
    MANAGE_CHANNELS(4),
    MANAGE_GUILD(5),
    ADD_REACTIONS(6),
    VIEW_AUDIT_LOG(7),
    STREAM(9),
    VIEW_CHANNEL(10),
    SEND_MESSAGES(11),
    SEND_TTS_MESSAGES(12),
    MANAGE_MESSAGES(13),
    EMBED_LINKS(14),
    ATTACH_FILES(15),
    READ_MESSAGE_HISTORY(16),
    MENTION_EVERYONE(17),
    USE_EXTERNAL_EMOJIS(18),
    CONNECT(20),
    SPEAK(21),
    CHANGE_NICKNAME(26),
    MANAGE_NICKNAMES(27),
    MANAGE_ROLES(28),
    MANAGE_WEBHOOKS(29),
    USE_APPLICATION_COMMANDS(31),
    MANAGE_THREADS(34),
    CREATE_PUBLIC_THREADS(35),
    CREATE_PRIVATE_THREADS(36),
    SEND_MESSAGES_IN_THREADS(38),
    MODERATE_MEMBERS(40),
    SEND_POLLS(49),
    PIN_MESSAGES(51),
    BYPASS_SLOWMODE(52);

    /** Every bit that Discord gives a meaning, the ones that Parley has no use for included. */
    public static final long ALL = (1L << 53) - 1;

    private final int bit;

    Permission(int bit) {
        this.bit = bit;
    }

    /** The permission as a mask of one bit. */
    public long mask() {
        return 1L << bit;
    }

    /** Whether a set of permissions includes this one. */
    public boolean in(long permissions) {
        return (permissions & mask()) != 0;
    }

    /** A set of permissions. */
    public static long of(Permission... permissions) {
        long mask = 0;
        for (Permission permission : permissions) {
            mask |= permission.mask();
        }
        return mask;
    }
}
