package dev.parley.attachment;

import dev.parley.shard.ContentDatabase;
import dev.parley.snowflake.Snowflake;
import dev.parley.storage.ObjectStore;
import dev.parley.store.Database;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    private final ContentDatabase content;
    private final ObjectStore store;

    public FileChecks(ContentDatabase content, ObjectStore store) {
        this.content = content;
        this.store = store;
    }

    /** A file that is about to be stored. */
    record Planned(Snowflake attachmentId, String filename) {}

    private record Due(Snowflake attachmentId, Snowflake channelId, Snowflake messageId, String filename) {}

    /** Notes files that are about to be stored. */
    void plan(Snowflake channelId, Snowflake messageId, Collection<Planned> files) {
        content.clusters().directory().query(handle -> {
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
        for (Database cluster : content.clusters().all()) {
            removed += removeDue(cluster);
        }
        return removed;
    }

    private int removeDue(Database cluster) {
        int removed = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Due> due = due(cluster);
            Set<Snowflake> kept = kept(due);
            List<String> keys = due.stream()
                    .filter(file -> !kept.contains(file.attachmentId()))
                    .map(file -> FileKeys.attachment(file.channelId(), file.attachmentId(), file.filename()))
                    .toList();
            // The objects first: a row that is left behind is only looked at again.
            store.delete(keys);
            Long[] done = due.stream().map(file -> file.attachmentId().value()).toArray(Long[]::new);
            cluster.query(handle -> handle.execute(
                    "DELETE FROM file_checks WHERE attachment_id = ANY (?) AND due_at <= now()", (Object) done));
            removed += keys.size();
            if (due.size() < AT_ONCE) {
                break;
            }
        }
        return removed;
    }

    private static List<Due> due(Database cluster) {
        return cluster.query(handle -> handle.select(
                        "SELECT attachment_id, channel_id, message_id, filename FROM file_checks"
                                + " WHERE due_at <= now() ORDER BY due_at LIMIT ?",
                        AT_ONCE)
                .map((rs, context) -> new Due(
                        new Snowflake(rs.getLong("attachment_id")),
                        new Snowflake(rs.getLong("channel_id")),
                        new Snowflake(rs.getLong("message_id")),
                        rs.getString("filename")))
                .list());
    }

    /**
     * Those that their messages have, wherever these are. A message that is being moved is there or here, or both: its rows
     * are not removed before they have been elsewhere for some minutes.
     */
    private Set<Snowflake> kept(List<Due> due) {
        if (due.isEmpty()) {
            return Set.of();
        }
        Long[] ids = due.stream().map(file -> file.attachmentId().value()).toArray(Long[]::new);
        Long[] channels = due.stream().map(file -> file.channelId().value()).toArray(Long[]::new);
        Long[] messages = due.stream().map(file -> file.messageId().value()).toArray(Long[]::new);
        Set<Snowflake> kept = new HashSet<>();
        content.everywhere(there -> there.handle()
                        .select("""
                        SELECT f.id FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS f (id, channel_id, message_id)
                        JOIN messages m ON m.channel_id = f.channel_id AND m.id = f.message_id
                        WHERE m.extra::jsonb->'attachments' @> jsonb_build_array(jsonb_build_object('id', f.id::text))
                        """, ids, channels, messages)
                        .mapTo(Long.class)
                        .map(Snowflake::new)
                        .list())
                .forEach(kept::addAll);
        return kept;
    }
}
