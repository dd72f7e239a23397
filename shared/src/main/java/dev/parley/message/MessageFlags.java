package dev.parley.message;

/** The bits of a message's {@code flags} (Discord documentation, "Message Flags"). */
public final class MessageFlags {

    /** The message was published to the channels that follow its own. */
    public static final int CROSSPOSTED = 1;

    /** The embeds are not shown. */
    public static final int SUPPRESS_EMBEDS = 1 << 2;

    /** A thread hangs on the message and has its id. */
    public static final int HAS_THREAD = 1 << 5;

    /** Only the user who invoked the interaction sees the message. */
    public static final int EPHEMERAL = 1 << 6;

    /** An application is still thinking of its answer. */
    public static final int LOADING = 1 << 7;

    /** The message makes no sound. */
    public static final int SUPPRESS_NOTIFICATIONS = 1 << 12;

    /** The message passes on another one. */
    public static final int HAS_SNAPSHOT = 1 << 14;

    /** What a sender may set. */
    static final int SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS;

    private MessageFlags() {}
}
