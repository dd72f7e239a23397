package dev.parley.shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The content of a logical shard as rows to copy, compare and remove. Everything runs in the caller's transaction. */
final class ShardRows {

    private static final String KEYS =
            "unnest(CAST(:channels AS bigint[]), CAST(:ids AS bigint[])) AS k (channel_id, message_id)";

    /** The rows of the messages {@link #KEYS}, table by table, in the order in which they can be added. */
    private static final List<Table> TABLES = List.of(
            new Table(
                    "messages",
                    "SELECT t.* FROM " + KEYS
                            + " JOIN messages t ON t.channel_id = k.channel_id AND t.id = k.message_id"),
            new Table(
                    "message_nonces",
                    "SELECT t.* FROM " + KEYS
                            + " JOIN messages m ON m.channel_id = k.channel_id AND m.id = k.message_id"
                            + " JOIN message_nonces t"
                            + " ON t.author_id = m.author_id AND t.channel_id = m.channel_id AND t.nonce = m.nonce"
                            + " AND t.message_id = m.id"),
            new Table(
                    "reactions",
                    "SELECT t.* FROM " + KEYS
                            + " JOIN reactions t ON t.channel_id = k.channel_id AND t.message_id = k.message_id"),
            new Table(
                    "reaction_users",
                    "SELECT t.* FROM " + KEYS
                            + " JOIN reaction_users t ON t.channel_id = k.channel_id AND t.message_id = k.message_id"));

    private static final String READ = TABLES.stream()
            .map(table -> "(SELECT coalesce(json_agg(x), '[]')::text FROM (" + table.select() + ") x)")
            .collect(Collectors.joining(", ", "SELECT ", ""));

    private static final String HASHES =
            "concat(count(*), ':', coalesce(sum(hashtextextended(t::text, 0)::numeric), 0))";

    /** Messages and their reactions as one text: equal where all columns of all rows are. */
    private static final String DIGEST_OF_RANGE = """
            SELECT concat_ws(' ',
              (SELECT %1$s FROM messages t WHERE t.channel_id = :channel AND t.id > :after AND t.id <= :until),
              (SELECT %1$s FROM reactions t
               WHERE t.channel_id = :channel AND t.message_id > :after AND t.message_id <= :until),
              (SELECT %1$s FROM reaction_users t
               WHERE t.channel_id = :channel AND t.message_id > :after AND t.message_id <= :until))
            """.formatted(HASHES);

    /** As above, for each of some messages by itself. */
    private static final String DIGESTS = """
            SELECT concat_ws(' ',
              (SELECT %1$s FROM messages t WHERE t.channel_id = k.channel_id AND t.id = k.message_id),
              (SELECT %1$s FROM reactions t WHERE t.channel_id = k.channel_id AND t.message_id = k.message_id),
              (SELECT %1$s FROM reaction_users t WHERE t.channel_id = k.channel_id AND t.message_id = k.message_id))
            FROM (SELECT * FROM %2$s) k ORDER BY k.channel_id, k.message_id
            """.formatted(HASHES, KEYS);

    private ShardRows() {}

    private record Table(String name, String select) {}

    /** A message by its key. */
    record Key(long channelId, long messageId) {}

    /** The messages of a channel behind one, up to another. */
    record Range(long channelId, long after, long until) {}

    /** Rows of several tables as JSON arrays, in the order of {@link #TABLES}. */
    record Copy(List<String> rows) {}

    /** A channel of which there is content. */
    record Place(long channelId, @Nullable Long guildId, boolean gone) {}

    /** The channels of a shard behind one, in the order of their ids. */
    static List<Place> places(Handle handle, LogicalShard shard, long after, int limit) {
        return handle.select(
                        "SELECT channel_id, guild_id, gone FROM channel_places WHERE shard = ? AND channel_id > ?"
                                + " ORDER BY channel_id LIMIT ?",
                        shard.number(),
                        after,
                        limit)
                .map((rs, context) -> new Place(
                        rs.getLong("channel_id"), rs.getObject("guild_id", Long.class), rs.getBoolean("gone")))
                .list();
    }

    static void addPlaces(Handle handle, Collection<Place> places) {
        handle.execute(
                "INSERT INTO channel_places (channel_id, guild_id, gone)"
                        + " SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::boolean[])"
                        + " ON CONFLICT (channel_id) DO UPDATE SET gone = excluded.gone",
                places.stream().map(Place::channelId).toArray(Long[]::new),
                places.stream().map(Place::guildId).toArray(Long[]::new),
                places.stream().map(Place::gone).toArray(Boolean[]::new));
    }

    /** The ids of the messages of a channel behind one, in their order. */
    static List<Long> ids(Handle handle, long channelId, long after, int limit) {
        return handle.select(
                        "SELECT id FROM messages WHERE channel_id = ? AND id > ? ORDER BY id LIMIT ?",
                        channelId,
                        after,
                        limit)
                .mapTo(Long.class)
                .list();
    }

    /** The messages of a part of a channel. */
    static List<Key> keys(Handle handle, Range range) {
        return handle.select(
                        "SELECT id FROM messages WHERE channel_id = ? AND id > ? AND id <= ?",
                        range.channelId(),
                        range.after(),
                        range.until())
                .map((rs, context) -> new Key(range.channelId(), rs.getLong(1)))
                .list();
    }

    /** Messages with what hangs from them; those that are not there are left out. */
    static Copy read(Handle handle, Collection<Key> keys) {
        return bind(handle.createQuery(READ), keys)
                .map((rs, context) -> {
                    List<String> rows = new ArrayList<>();
                    for (int i = 1; i <= TABLES.size(); i++) {
                        rows.add(rs.getString(i));
                    }
                    return new Copy(rows);
                })
                .one();
    }

    /** Adds what was read; what is there stays. */
    static void add(Handle handle, Copy copy) {
        for (int i = 0; i < TABLES.size(); i++) {
            String name = TABLES.get(i).name();
            String rows = copy.rows().get(i);
            if (!rows.equals("[]")) {
                handle.createUpdate("INSERT INTO " + name + " SELECT * FROM json_populate_recordset(NULL::" + name
                                + ", CAST(:rows AS json)) ON CONFLICT DO NOTHING")
                        .bind("rows", rows)
                        .execute();
            }
        }
    }

    /** Removes messages with their reactions and nonces; returns how many messages. */
    static int remove(Handle handle, Collection<Key> keys) {
        bind(
                        handle.createUpdate("DELETE FROM message_nonces n USING " + KEYS
                                + " JOIN messages m ON m.channel_id = k.channel_id AND m.id = k.message_id"
                                + " WHERE n.author_id = m.author_id AND n.channel_id = m.channel_id AND n.nonce = m.nonce"
                                + " AND n.message_id = m.id"),
                        keys)
                .execute();
        return bind(
                        handle.createUpdate("DELETE FROM messages t USING " + KEYS
                                + " WHERE t.channel_id = k.channel_id AND t.id = k.message_id"),
                        keys)
                .execute();
    }

    /** What a part of a channel is. */
    static String digest(Handle handle, Range range) {
        return handle.createQuery(DIGEST_OF_RANGE)
                .bind("channel", range.channelId())
                .bind("after", range.after())
                .bind("until", range.until())
                .mapTo(String.class)
                .one();
    }

    /** What messages are, in the order of their keys; the same number of texts whether they are there or not. */
    static List<String> digests(Handle handle, Collection<Key> keys) {
        return bind(handle.createQuery(DIGESTS), keys).mapTo(String.class).list();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Collection<Key> keys) {
        return statement
                .bind("channels", keys.stream().map(Key::channelId).toArray(Long[]::new))
                .bind("ids", keys.stream().map(Key::messageId).toArray(Long[]::new));
    }
}
