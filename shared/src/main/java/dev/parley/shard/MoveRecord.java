package dev.parley.shard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;

/**
 * A move as the directory has it.
 *
 * @param mover who may go on with it
 * @param channelId with {@code messageId} the last message that was copied
 */
record MoveRecord(
        long id,
        LogicalShard shard,
        String source,
        String target,
        long mover,
        MovePhase phase,
        long channelId,
        long messageId) {

    private static final String SELECT =
            "SELECT id, shard, source, target, mover, phase, channel_id, message_id FROM shard_moves"
                    + " WHERE phase NOT IN ('DONE', 'ABORTED')";

    /** Begins a move, or takes up the one that is open. */
    static MoveRecord take(Handle directory, LogicalShard shard, String source, String target) {
        long mover = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        directory.execute(
                "INSERT INTO shard_moves (shard, source, target, mover, phase) VALUES (?, ?, ?, ?, 'PREPARING')"
                        + " ON CONFLICT (shard) WHERE phase NOT IN ('DONE', 'ABORTED')"
                        + " DO UPDATE SET mover = excluded.mover",
                shard.number(),
                source,
                target,
                mover);
        return open(directory, shard).orElseThrow();
    }

    /** The open move of a shard. */
    static Optional<MoveRecord> open(Handle directory, LogicalShard shard) {
        return directory
                .select(SELECT + " AND shard = ?", shard.number())
                .map((rs, context) -> read(rs))
                .findOne();
    }

    /** All open moves. */
    static List<MoveRecord> open(Handle directory) {
        return directory
                .select(SELECT + " ORDER BY id")
                .map((rs, context) -> read(rs))
                .list();
    }

    private static MoveRecord read(ResultSet row) throws SQLException {
        return new MoveRecord(
                row.getLong("id"),
                new LogicalShard(row.getInt("shard")),
                row.getString("source"),
                row.getString("target"),
                row.getLong("mover"),
                MovePhase.valueOf(row.getString("phase")),
                row.getLong("channel_id"),
                row.getLong("message_id"));
    }

    /** Goes on to a phase, unless somebody else has taken the move up. */
    MoveRecord become(Handle directory, MovePhase next) {
        requireHeld(directory.execute(
                "UPDATE shard_moves SET phase = ?, switched_at = CASE WHEN ? = 'SWITCHED' THEN now() ELSE switched_at END"
                        + " WHERE id = ? AND mover = ?",
                next.name(),
                next.name(),
                id,
                mover));
        return new MoveRecord(id, shard, source, target, mover, next, channelId, messageId);
    }

    /** Notes how far the copy is. */
    void copied(Handle directory, long channel, long message) {
        requireHeld(directory.execute(
                "UPDATE shard_moves SET channel_id = ?, message_id = ? WHERE id = ? AND mover = ?",
                channel,
                message,
                id,
                mover));
    }

    private void requireHeld(int rows) {
        if (rows == 0) {
            throw new MoveFailedException("Logical shard " + shard + " is being moved by another process now");
        }
    }
}
