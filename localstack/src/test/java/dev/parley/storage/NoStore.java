package dev.parley.storage;

/** A store for tests in which nothing is stored. */
public final class NoStore {

    private NoStore() {}

    /** A store that fails at the first use. */
    public static ObjectStore create() {
        return new ObjectStore(
                () -> {
                    throw new IllegalStateException("There is no S3");
                },
                () -> {
                    throw new IllegalStateException("There is no S3");
                },
                () -> "none");
    }
}
