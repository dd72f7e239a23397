package dev.parley.functions.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.Parley;
import dev.parley.session.Frame;
import dev.parley.session.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * What a client says with a session of its own, beside messages: op 3 and 8. Without a session it is told so.
 *
 * <p>Thread-safe.
 */
final class SessionUpdates {

    private final Parley parley;

    SessionUpdates(Parley parley) {
        this.parley = parley;
    }

    /** Op 3: what the session shows of its user from now on. */
    @Nullable String presence(String connectionId, JsonNode frame) {
        Recipient session = parley.sessions().find(connectionId);
        if (session == null) {
            return Frame.invalidSession(false);
        }
        parley.presences().update(session, frame.path("d"));
        return null;
    }

    /** Op 8: the members of a guild, which come through the session. */
    @Nullable String members(String connectionId, JsonNode frame) {
        Recipient session = parley.sessions().find(connectionId);
        if (session == null) {
            return Frame.invalidSession(false);
        }
        parley.memberRequests().answer(session, frame.path("d"));
        return null;
    }
}
