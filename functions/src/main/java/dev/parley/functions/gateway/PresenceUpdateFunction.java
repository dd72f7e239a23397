package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import org.jspecify.annotations.Nullable;

/** Op 3: what a session shows of its user. */
public final class PresenceUpdateFunction extends FrameFunction {

    private final SessionUpdates updates;

    public PresenceUpdateFunction() {
        this(Parley.fromEnvironment());
    }

    public PresenceUpdateFunction(Parley parley) {
        super(parley);
        updates = new SessionUpdates(parley);
    }

    @Override
    @Nullable String handle(String connectionId, int op, JsonNode frame) {
        return updates.presence(connectionId, frame);
    }
}
