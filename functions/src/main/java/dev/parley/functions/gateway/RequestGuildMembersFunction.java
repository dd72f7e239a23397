package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import org.jspecify.annotations.Nullable;

/** Op 8: the members of a guild. */
public final class RequestGuildMembersFunction extends FrameFunction {

    private final SessionUpdates updates;

    public RequestGuildMembersFunction() {
        this(Parley.fromEnvironment());
    }

    public RequestGuildMembersFunction(Parley parley) {
        super(parley);
        updates = new SessionUpdates(parley);
    }

    @Override
    protected void prime() throws Exception {
        super.prime();
        parley.primePosts();
    }

    @Override
    @Nullable String handle(String connectionId, int op, JsonNode frame) {
        return updates.members(connectionId, frame);
    }
}
