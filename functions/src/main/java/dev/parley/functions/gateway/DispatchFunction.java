package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import org.jspecify.annotations.Nullable;

/** Op 0 from a client: a message. */
public final class DispatchFunction extends FrameFunction {

    private final ClientMessages messages;

    public DispatchFunction() {
        this(Parley.fromEnvironment());
    }

    public DispatchFunction(Parley parley) {
        super(parley);
        messages = new ClientMessages(parley);
    }

    @Override
    @Nullable String handle(String connectionId, int op, JsonNode frame) {
        return messages.create(connectionId, frame);
    }
}
