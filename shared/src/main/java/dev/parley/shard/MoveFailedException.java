package dev.parley.shard;

/** A move cannot begin or go on. The shard is where it was. */
public final class MoveFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MoveFailedException(String message) {
        super(message);
    }
}
