package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import org.jspecify.annotations.Nullable;

/**
 * Every frame whose opcode selected no route. It knows all opcodes itself, so that nothing breaks where API Gateway writes
 * an opcode otherwise than the route key ({@code 2.0}, say).
 */
public final class DefaultFunction extends FrameFunction {

    private final ClientMessages messages;
    private final SessionUpdates updates;

    public DefaultFunction() {
        this(Parley.fromEnvironment());
    }

    public DefaultFunction(Parley parley) {
        super(parley);
        messages = new ClientMessages(parley);
        updates = new SessionUpdates(parley);
    }

    @Override
    @Nullable String handle(String connectionId, int op, JsonNode frame) {
        return switch (op) {
            case 0 -> messages.create(connectionId, frame);
            case 1 -> parley.sessions().heartbeat(connectionId, frame.path("d"));
            case 2 -> parley.sessions().identify(connectionId, frame.path("d"));
            case 6 -> parley.sessions().resume(connectionId, frame.path("d"));
            case 3 -> updates.presence(connectionId, frame);
            case 8 -> updates.members(connectionId, frame);
            // Voice state, soundboard, channel info: known, and nothing to do for them.
            case 4, 31, 43 -> null;
            default -> {
                parley.sessions().drop(connectionId);
                yield null;
            }
        };
    }
}
