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
    private final Listener listener;

    /** Hears of sessions that have ended, of each at least once. */
    interface Listener {

        void ended(Snowflake userId, String sessionId, List<Snowflake> guildIds);
    }

    /**
     * The ends of sessions.
     *
     * @param guildsOf the guilds that a user is in
     */
    SessionEnds(
            Redis redis,
            SessionIndex index,
            Recipients recipients,
            Function<Snowflake, List<Snowflake>> guildsOf,
            Listener listener) {
        this.redis = redis;
        this.index = index;
        this.recipients = recipients;
        this.guildsOf = guildsOf;
        this.listener = listener;
    }

    /** Takes a session that has ended out of everything that knows it. */
    void ended(Entry session) {
        List<Snowflake> guildIds = guildsOf.apply(session.userId());
        recipients.remove(session.sessionId(), session.userId(), guildIds);
        listener.ended(session.userId(), session.sessionId(), guildIds);
        redis.await(index.remove(session));
    }

    /**
     * Takes a session whose token was revoked out of what brings it events. The sweeper does the rest: who revokes tokens
     * has no right to publish that the user is gone.
     */
    void revoked(Entry session) {
        recipients.remove(session.sessionId(), session.userId(), guildsOf.apply(session.userId()));
    }
}
