package dev.parley.attachment;

import dev.parley.snowflake.Snowflake;
import dev.parley.storage.ObjectStore;
import dev.parley.store.Database;
import java.util.Collection;
import java.util.List;

/**
 * Finds files that no message has and removes them. A file is noted here before it is stored, to be looked at a day later;
 * triggers note it again when its message is deleted or edited, however that happens. So a crash at any point leaves no file
 * behind for longer than a day, and none is removed that a message has.
 *
 * <p>Thread-safe.
 */
public final class FileChecks {

    private static final int AT_ONCE = 1000;
    private static final int MOST_ROUNDS = 20;

    private final Database database;
    private final ObjectStore store;

    public FileChecks(Database database, ObjectStore store) {
        this.database = database;
        this.store = store;
    }

    /** A file that is about to be stored. */
    record Planned(Snowflake attachmentId, String filename) {}

    private record Due(Snowflake attachmentId, Snowflake channelId, String filename, boolean kept) {}

    /** Notes files that are about to be stored. */
    void plan(Snowflake channelId, Snowflake messageId, Collection<Planned> files) {
        database.query(handle -> {
            var batch = handle.prepareBatch("INSERT INTO file_checks"
                    + " (attachment_id, channel_id, message_id, filename, due_at)"
                    + " VALUES (?, ?, ?, ?, now() + interval '1 day')");
            files.forEach(file ->
                    batch.add(file.attachmentId().value(), channelId.value(), messageId.value(), file.filename()));
            return batch.execute();
        });
    }

    /**
     * Removes what is due, at most 20,000 files; the next call goes on. Two calls at once do no harm.
     *
     * @return how many files it removed
     */
    public int removeDue() {
        int removed = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Due> due = due();
            List<String> keys = due.stream()
                    .filter(file -> !file.kept())
                    .map(file -> FileKeys.attachment(file.channelId(), file.attachmentId(), file.filename()))
                    .toList();
            // The objects first: a row that is left behind is only looked at again.
            store.delete(keys);
            Long[] done = due.stream().map(file -> file.attachmentId().value()).toArray(Long[]::new);
            database.query(handle -> handle.execute(
                    "DELETE FROM file_checks WHERE attachment_id = ANY (?) AND due_at <= now()", (Object) done));
            removed += keys.size();
            if (due.size() < AT_ONCE) {
                break;
            }
        }
        return removed;
    }

    private List<Due> due() {
        return database.query(handle -> handle.select("""
                        SELECT f.attachment_id, f.channel_id, f.filename, COALESCE(
                                 m.extra::jsonb->'attachments' @> jsonb_build_array(
                                   jsonb_build_object('id', f.attachment_id::text)), false) AS kept
                        FROM (SELECT * FROM file_checks WHERE due_at <= now() ORDER BY due_at LIMIT ?) f
                        LEFT JOIN messages m ON m.channel_id = f.channel_id AND m.id = f.message_id
                        """, AT_ONCE)
                .map((rs, context) -> new Due(
                        new Snowflake(rs.getLong("attachment_id")),
                        new Snowflake(rs.getLong("channel_id")),
                        rs.getString("filename"),
                        rs.getBoolean("kept")))
                .list());
    }
}
