package dev.parley.thread;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.channel.Channel;
import dev.parley.channel.ThreadMember;
import org.jspecify.annotations.Nullable;

/**
 * A thread as one user sees it.
 *
 * @param joined the user in the thread; null if the user has not joined
 */
public record SeenThread(Channel thread, @Nullable ThreadMember joined) {

    /** The thread with the user in it as {@code member}. */
    public ObjectNode bodyWithMember() {
        ObjectNode body = thread.body();
        if (joined != null) {
            body.set("member", joined.body());
        }
        return body;
    }
}
