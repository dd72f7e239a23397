package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import org.jspecify.annotations.Nullable;

/** Op 6: goes on with a session. */
public final class ResumeFunction extends FrameFunction {

    public ResumeFunction() {
        this(Parley.fromEnvironment());
    }

    public ResumeFunction(Parley parley) {
        super(parley);
    }

    @Override
    protected void prime() throws Exception {
        super.prime();
        parley.primeSessions();
    }

    @Override
    @Nullable String handle(String connectionId, int op, JsonNode frame) {
        return parley.sessions().resume(connectionId, frame.path("d"));
    }
}
