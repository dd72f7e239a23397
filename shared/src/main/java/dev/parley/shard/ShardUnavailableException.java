package dev.parley.shard;

/** A logical shard is being moved, and took longer to arrive than this could wait. Nothing of what was asked has happened. */
public final class ShardUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ShardUnavailableException(Throwable cause) {
        super("A logical shard is being moved; try again in a moment", cause);
    }

    ShardUnavailableException(LogicalShard shard, Throwable cause) {
        super("Logical shard " + shard + " is being moved; try again in a moment", cause);
    }
}
