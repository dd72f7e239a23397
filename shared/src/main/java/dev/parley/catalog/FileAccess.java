package dev.parley.catalog;

/** What a function does with the files in S3; it is granted no more. */
public enum FileAccess {
    /** Nothing. */
    NONE,
    /** Reads them, or signs links with which clients read them. */
    READ,
    /** Reads, stores, copies and removes them, or signs links with which clients store them. */
    WRITE
}
