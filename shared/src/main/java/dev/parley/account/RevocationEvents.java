package dev.parley.account;

import dev.parley.fanout.Audience;
import dev.parley.fanout.Event;
import dev.parley.fanout.EventPublisher;
import dev.parley.fanout.Outbox;
import dev.parley.protocol.DispatchType;
import dev.parley.protocol.Json;
import dev.parley.snowflake.Snowflake;
import dev.parley.snowflake.SnowflakeGenerator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Tells of revoked tokens wherever their sessions may be: each of two Regions has its sessions and its cache of tokens for itself.
 * Through the outbox, so that a Region that is away hears of them when it is back.
 *
 * <p>Thread-safe.
 */
public final class RevocationEvents {

    private final SnowflakeGenerator ids;
    private final Outbox outbox;
    private final EventPublisher publisher;

    public RevocationEvents(SnowflakeGenerator ids, Outbox outbox, EventPublisher publisher) {
        this.ids = ids;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /** Stores the event in the transaction that revokes the tokens, after whose commit it is to be published. */
    Event add(Handle transaction, Snowflake userId, List<String> digests) {
        Event event = new Event(
                ids.next(), DispatchType.AUTH_SESSION_CHANGE, new Audience.SignedOut(userId, digests), Json.object());
        outbox.add(transaction, event);
        return event;
    }

    /** Publishes an event whose transaction has committed. */
    void publish(Event event) {
        publisher.publish(event);
    }
}
