package dev.parley.message;

import java.util.Set;

/** The kinds of messages that Parley makes (Discord documentation, "Message Types"). */
public final class MessageType {

    public static final int DEFAULT = 0;
    public static final int RECIPIENT_ADD = 1;
    public static final int RECIPIENT_REMOVE = 2;
    public static final int CHANNEL_NAME_CHANGE = 4;
    public static final int CHANNEL_PINNED_MESSAGE = 6;
    public static final int USER_JOIN = 7;
    public static final int THREAD_CREATED = 18;
    public static final int REPLY = 19;
    public static final int CHAT_INPUT_COMMAND = 20;
    public static final int THREAD_STARTER_MESSAGE = 21;
    public static final int CONTEXT_MENU_COMMAND = 23;
    public static final int AUTO_MODERATION_ACTION = 24;

    /** What somebody said, and not the system. */
    private static final Set<Integer> SAID = Set.of(DEFAULT, REPLY, CHAT_INPUT_COMMAND, CONTEXT_MENU_COMMAND);

    /** What stays as a record of the channel (same page, "Deletable"): 1 to 5, and the message that a thread begins with. */
    private static final Set<Integer> STAYING = Set.of(1, 2, 3, 4, 5, THREAD_STARTER_MESSAGE);

    private MessageType() {}

    /** Whether somebody said it, so that it can be edited, pinned and answered. */
    static boolean isSaid(int type) {
        return SAID.contains(type);
    }

    /** Whether it can be deleted. */
    static boolean isDeletable(int type) {
        return !STAYING.contains(type);
    }
}
