package dev.parley.search;

import dev.parley.protocol.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Messages, read as the index sees them. Everything runs in the caller's transaction. */
final class DocumentRows {

    private static final String COLUMNS = """
            SELECT to_json(m)::text AS row, coalesce(u.bot, false) AS bot,
              (SELECT r.author_id FROM messages r
               WHERE r.channel_id = m.reference_channel_id AND r.id = m.reference_id) AS replied_to
            """;

    private static final String BY_ID = COLUMNS + """
            FROM unnest(?::bigint[], ?::bigint[]) AS k (channel_id, id)
            JOIN messages m ON m.channel_id = k.channel_id AND m.id = k.id
            LEFT JOIN users u ON u.id = m.author_id
            """;

    private static final String OLDER = COLUMNS + """
            FROM messages m LEFT JOIN users u ON u.id = m.author_id
            WHERE m.channel_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?
            """;

    private DocumentRows() {}

    /**
     * Those of the messages that are there, in no order.
     *
     * @param channelIds the channel of each
     */
    static List<Document> find(Handle handle, List<Long> channelIds, List<Long> ids) {
        return handle.select(BY_ID, channelIds.toArray(Long[]::new), ids.toArray(Long[]::new))
                .map((rs, context) -> read(rs))
                .list();
    }

    /** The messages of a channel before one, the newest first. */
    static List<Document> older(Handle handle, long channelId, long beforeId, int limit) {
        return handle.select(OLDER, channelId, beforeId, limit)
                .map((rs, context) -> read(rs))
                .list();
    }

    private static Document read(ResultSet row) throws SQLException {
        return new Document(Json.parse(row.getString("row")), row.getBoolean("bot"), row.getLong("replied_to"));
    }
}
