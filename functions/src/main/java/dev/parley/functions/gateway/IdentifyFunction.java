package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import org.jspecify.annotations.Nullable;

/** Op 2: begins a session. */
public final class IdentifyFunction extends FrameFunction {

    public IdentifyFunction() {
        this(Parley.fromEnvironment());
    }

    public IdentifyFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected void prime() throws Exception {
        super.prime();
        parley.primeSessions();
    }

    @Override
    @Nullable String handle(String connectionId, int op, JsonNode frame) {
        return parley.sessions().identify(connectionId, frame.path("d"));
    }
}
