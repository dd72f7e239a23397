package dev.parley.shard;

import dev.parley.store.Database;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * The content of one logical shard in a transaction, and the way to the directory, which is in the same transaction while
 * the shard is on the cluster of the directory, and beside it otherwise. No transaction spans two clusters: what belongs to
 * the directory is read with {@link #inDirectory}, committed before with {@link #commitInDirectory}, or handed over with
 * {@link #write}.
 *
 * <p>Not thread-safe, as the handle.
 */
public final class Content {

    private final Handle handle;
    private final DeferredChanges deferred;

    /** Null where the directory is in the same transaction. */
    private final @Nullable Database directory;

    private final List<DeferredChange> written = new ArrayList<>();

    Content(Handle handle, @Nullable Database directory, DeferredChanges deferred) {
        this.handle = handle;
        this.directory = directory;
        this.deferred = deferred;
    }

    /** Runs statements on the content. */
    public Handle handle() {
        return handle;
    }

    /** Whether the directory is in the same transaction. */
    public boolean isTogether() {
        return directory == null;
    }

    /** Reads from the directory. */
    public <T extends @Nullable Object, X extends Exception> T inDirectory(HandleCallback<T, X> statements) throws X {
        return directory == null ? statements.withHandle(handle) : directory.query(statements);
    }

    /**
     * Changes the directory. Where it is apart the change is committed at once, whether the content will be or not: it must
     * be one that does no harm alone, and that can be made twice.
     */
    public <T extends @Nullable Object, X extends Exception> T commitInDirectory(HandleCallback<T, X> statements)
            throws X {
        return directory == null ? statements.withHandle(handle) : directory.transaction(statements);
    }

    /**
     * Changes the directory if the content is committed, once: in the same transaction, or from what this stores with the
     * content, right after the commit and if need be later.
     */
    public void write(DeferredChange change) {
        if (directory == null) {
            deferred.applyHere(handle, change);
        } else {
            deferred.store(handle, change);
            written.add(change);
        }
    }

    /** What was handed over. */
    List<DeferredChange> written() {
        return written;
    }
}
