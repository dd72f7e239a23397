package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import org.jspecify.annotations.Nullable;

/** Op 1: keeps a session alive. */
public final class HeartbeatFunction extends FrameFunction {

    public HeartbeatFunction() {
        this(Parley.fromEnvironment());
    }

    public HeartbeatFunction(Parley parley) {
        super(parley);
    }

    @Override
    @Nullable String handle(String connectionId, int op, JsonNode frame) {
        return parley.sessions().heartbeat(connectionId, frame.path("d"));
    }
}
