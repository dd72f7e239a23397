package dev.parley.local;

import dev.parley.Parley;
import dev.parley.shard.Clusters;
import dev.parley.shard.ContentDatabase;
import dev.parley.store.Database;

/** The content of systems that tests put together. */
public final class StoredContent {

    private StoredContent() {}

    /** Content that is together with the directory. */
    public static ContentDatabase in(Database database) {
        return new ContentDatabase(new Clusters(database), Parley.deferredChanges());
    }
}
