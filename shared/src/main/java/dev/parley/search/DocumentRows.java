package dev.parley.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.protocol.Json;
import dev.parley.shard.Content;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Messages, read as the index sees them. Everything runs in the caller's transaction. */
final class DocumentRows {

    private static final String COLUMNS = """
            SELECT to_json(m)::text AS row,
              (SELECT r.author_id FROM messages r
               WHERE r.channel_id = m.reference_channel_id AND r.id = m.reference_id) AS replied_to
            """;

    private static final String BY_ID = COLUMNS + """
            FROM unnest(?::bigint[], ?::bigint[]) AS k (channel_id, id)
            JOIN messages m ON m.channel_id = k.channel_id AND m.id = k.id
            """;

    private static final String OLDER = COLUMNS + """
            FROM messages m WHERE m.channel_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?
            """;

    private DocumentRows() {}

    /**
     * Those of the messages that are there, in no order.
     *
     * @param channelIds the channel of each
     */
    static List<Document> find(Content content, List<Long> channelIds, List<Long> ids) {
        return documents(
                content,
                content.handle()
                        .select(BY_ID, channelIds.toArray(Long[]::new), ids.toArray(Long[]::new))
                        .map((rs, context) -> read(rs))
                        .list());
    }

    /** The messages of a channel before one, the newest first. */
    static List<Document> older(Content content, long channelId, long beforeId, int limit) {
        return documents(
                content,
                content.handle()
                        .select(OLDER, channelId, beforeId, limit)
                        .map((rs, context) -> read(rs))
                        .list());
    }

    private record Read(JsonNode row, long repliedTo) {

        long authorId() {
            return row.path("author_id").longValue();
        }
    }

    private static List<Document> documents(Content content, List<Read> read) {
        Set<Long> bots = content.inDirectory(directory ->
                DirectoryRows.bots(directory, read.stream().map(Read::authorId).toList()));
        return read.stream()
                .map(one -> new Document(one.row(), bots.contains(one.authorId()), one.repliedTo()))
                .toList();
    }

    private static Read read(ResultSet row) throws SQLException {
        return new Read(Json.parse(row.getString("row")), row.getLong("replied_to"));
    }
}
