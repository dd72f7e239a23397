package dev.parley.session;

import dev.parley.redis.Redis;
import dev.parley.session.SessionIndex.Entry;
import dev.parley.snowflake.Snowflake;
import java.util.List;
import java.util.function.Function;

/**
 * What is to be done once a session's own keys are gone: nobody must look for it any more. It may be done again, and is
 * until it has succeeded: the session stays in the index until then.
 *
 * <p>Thread-safe.
 */
final class SessionEnds {

    private final Redis redis;
    private final SessionIndex index;
    private final Recipients recipients;
    private final Function<Snowflake, List<Snowflake>> guildsOf;

    /**
     * The ends of sessions.
     *
     * @param guildsOf the guilds that a user is in
     */
    SessionEnds(Redis redis, SessionIndex index, Recipients recipients, Function<Snowflake, List<Snowflake>> guildsOf) {
        this.redis = redis;
        this.index = index;
        this.recipients = recipients;
        this.guildsOf = guildsOf;
    }

    /** Takes a session that has ended out of everything that knows it. */
    void ended(Entry session) {
        recipients.remove(session.sessionId(), session.userId(), guildsOf.apply(session.userId()));
        redis.await(index.remove(session));
    }
}
