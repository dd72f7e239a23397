package dev.parley.interaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.snowflake.Snowflake;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user has asked of an application (Discord documentation, "Interaction Object").
 *
 * @param guildId null in a direct-message channel
 * @param type one of the constants here
 * @param messageId the message whose component was used, also before a modal; null if none was
 * @param origin what the answer says of it: the parts of {@code interaction_metadata} and {@code interaction}, and the
 *     modal that is open. Not to be changed
 * @param state one of the constants here
 * @param responseFlags the flags of the message that is the answer
 * @param responseId the message that is the answer; null as long as there is none
 */
record Interaction(
        Snowflake id,
        Snowflake applicationId,
        Snowflake userId,
        @Nullable Snowflake guildId,
        Snowflake channelId,
        int type,
        @Nullable Snowflake messageId,
        ObjectNode origin,
        int state,
        int responseFlags,
        @Nullable Snowflake responseId) {

    static final int COMMAND = 2;
    static final int COMPONENT = 3;
    static final int AUTOCOMPLETE = 4;
    static final int MODAL = 5;

    /** The application has not said anything yet. */
    static final int WAITING = 0;

    /** The application has said that it will answer. */
    static final int DEFERRED = 1;

    static final int ANSWERED = 2;

    /** The application has asked back with a modal, which is open. */
    static final int ASKED_BACK = 3;
}
