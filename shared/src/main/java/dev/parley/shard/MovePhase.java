package dev.parley.shard;

/** How far a move is. The names are stored. */
public enum MovePhase {
    /** Changes are not noted yet. */
    PREPARING,

    /** The content is copied; changes are noted. */
    COPYING,

    /** Everything is copied but what has changed since. */
    CATCHING_UP,

    /** The target has the shard. What is left at the source is to be removed. */
    SWITCHED,

    /** The source keeps the shard. What is at the target is to be removed. */
    ABORTING,

    /** Done. */
    DONE,

    /** Nothing has changed. */
    ABORTED
}
