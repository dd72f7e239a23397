package dev.parley.shard;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Why a cluster refuses the content of a logical shard, as its function {@code enter_shard} says it. */
enum ShardRefusal {
    /** Another cluster has it. */
    ELSEWHERE("PS001"),

    /** It is about to be moved, and will be elsewhere in a moment. */
    FROZEN("PS002");

    private final String sqlState;

    ShardRefusal(String sqlState) {
        this.sqlState = sqlState;
    }

    /** The refusal that a failure is; null if it is another failure. */
    static @Nullable ShardRefusal of(JdbiException failure) {
        if (failure.getCause() instanceof SQLException cause) {
            for (ShardRefusal refusal : values()) {
                if (refusal.sqlState.equals(cause.getSQLState())) {
                    return refusal;
                }
            }
        }
        return null;
    }
}
