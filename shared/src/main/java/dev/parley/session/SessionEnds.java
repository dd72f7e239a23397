package dev.parley.session;

import dev.parley.guild.Guilds;
import dev.parley.redis.Redis;
import dev.parley.session.SessionIndex.Entry;

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
    private final Guilds guilds;

    SessionEnds(Redis redis, SessionIndex index, Recipients recipients, Guilds guilds) {
        this.redis = redis;
        this.index = index;
        this.recipients = recipients;
        this.guilds = guilds;
    }

    /** Takes a session that has ended out of everything that knows it. */
    void ended(Entry session) {
        recipients.remove(session.sessionId(), session.userId(), guilds.idsOf(session.userId()));
        redis.await(index.remove(session));
    }
}
