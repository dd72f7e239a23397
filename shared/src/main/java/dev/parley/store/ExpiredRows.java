package dev.parley.store;

import java.util.Collection;
import java.util.List;

/**
 * Rows that have served their time. They are harmless, and are removed to keep the tables small.
 *
 * <p>Thread-safe.
 */
public final class ExpiredRows {

    private static final int AT_ONCE = 10_000;

    /** On each cluster. A change that was made is tried again for a minute, or as long as its cluster cannot be reached. */
    private static final List<String> EVERYWHERE = List.of(
            "DELETE FROM message_nonces WHERE ctid = ANY (ARRAY(SELECT ctid FROM message_nonces"
                    + " WHERE created_at < now() - interval '10 minutes' LIMIT ?))",
            "DELETE FROM applied_changes WHERE ctid = ANY (ARRAY(SELECT ctid FROM applied_changes"
                    + " WHERE created_at < now() - interval '7 days' LIMIT ?))");

    private static final List<String> IN_DIRECTORY = List.of(
            "DELETE FROM access_tokens WHERE ctid = ANY (ARRAY(SELECT ctid FROM access_tokens"
                    + " WHERE expires_at < now() LIMIT ?))",
            "DELETE FROM uploads WHERE ctid = ANY (ARRAY(SELECT ctid FROM uploads"
                    + " WHERE created_at < now() - interval '1 day' LIMIT ?))",
            "DELETE FROM refresh_tokens WHERE ctid = ANY (ARRAY(SELECT ctid FROM refresh_tokens"
                    + " WHERE expires_at < now() LIMIT ?))",
            // An id begins with the milliseconds since Discord's epoch (Discord documentation, "Snowflakes").
            "DELETE FROM audit_log WHERE ctid = ANY (ARRAY(SELECT ctid FROM audit_log WHERE id <"
                    + " ((extract(epoch FROM now() - interval '45 days') * 1000)::bigint - 1420070400000) << 22 LIMIT ?))",
            "DELETE FROM invites WHERE ctid = ANY (ARRAY(SELECT ctid FROM invites"
                    + " WHERE expires_at < now() LIMIT ?))",
            "DELETE FROM interactions WHERE ctid = ANY (ARRAY(SELECT ctid FROM interactions"
                    + " WHERE created_at < now() - interval '1 hour' LIMIT ?))",
            "DELETE FROM ephemeral_messages WHERE ctid = ANY (ARRAY(SELECT ctid FROM ephemeral_messages"
                    + " WHERE created_at < now() - interval '1 day' LIMIT ?))");

    private final Database directory;
    private final Collection<Database> all;

    /** @param all the databases, the directory among them */
    public ExpiredRows(Database directory, Collection<Database> all) {
        this.directory = directory;
        this.all = all;
    }

    /** Removes at most 10,000 rows of each kind; the next call goes on. Returns how many it removed. */
    public int remove() {
        int removed = 0;
        for (Database database : all) {
            removed += remove(database, EVERYWHERE);
        }
        return removed + remove(directory, IN_DIRECTORY);
    }

    private static int remove(Database database, List<String> removals) {
        int removed = 0;
        for (String removal : removals) {
            removed += database.query(handle -> handle.execute(removal, AT_ONCE));
        }
        return removed;
    }
}
