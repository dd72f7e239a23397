package dev.parley.message;

import dev.parley.shard.DeferredChange.Handler;
import dev.parley.shard.DeferredChange.Kind;
import java.util.Map;

/** What makes the changes of messages that were stored on another cluster than the messages are on. */
public final class DeferredMessages {

    private DeferredMessages() {}

    /** The handlers of each kind of change. */
    public static Map<Kind, Handler> handlers() {
        return Map.of(Kind.MESSAGE, MessageRows::insertDeferred, Kind.MESSAGE_FLAGS, MessageRows::applyFlag);
    }
}
