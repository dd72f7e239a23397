package dev.parley.local.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Programs unpacked from the class path, kept for later runs. Thread-safe, and safe for several processes at once.
 *
 * <p>What is in it gets executed, so the folder must belong to this process's user and be closed to all others.
 */
public final class BinaryCache {

    private final Path folder;

    /** A cache in a folder that is created when it is needed. */
    public BinaryCache(Path folder) {
        this.folder = folder;
    }

    /** The user's cache: {@code .cache/parley} in the home folder. */
    public static BinaryCache ofUser() {
        return new BinaryCache(Path.of(System.getProperty("user.home"), ".cache", "parley"));
    }

    /**
     * The folder of one unpacked archive; unpacks it when it is not there.
     *
     * @param key names the archive with its version and its platform
     * @throws LocalStoreException if the cache cannot be written or belongs to another user
     */
    Path unpacked(String key, Unpacking unpacking) {
        try {
            Path own = PrivateFiles.createFolder(folder);
            refuseForeignOwner(own);
            PrivateFiles.restrict(own);
            Path target = own.resolve(key);
            if (!Files.isDirectory(target)) {
                unpack(own, target, unpacking);
            }
            return target;
        } catch (IOException e) {
            throw new LocalStoreException("Cannot unpack " + key + " into " + folder + ": " + e.getMessage(), e);
        }
    }

    /** A folder that has its name is complete, for it gets its name last. */
    private static void unpack(Path own, Path target, Unpacking unpacking) throws IOException {
        Path draft = Files.createTempDirectory(own, ".unpacking-");
        try {
            unpacking.into(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process may have been faster; its folder is as good.
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            PrivateFiles.deleteFolder(draft);
        }
    }

    private static void refuseForeignOwner(Path folder) throws IOException {
        Object owner = Files.getAttribute(folder, "unix:uid");
        if (!owner.equals((int) new UnixSystem().getUid())) {
            throw new LocalStoreException("The cache folder " + folder + " belongs to another user");
        }
    }

    /** Puts an archive's files into a folder. */
    @FunctionalInterface
    interface Unpacking {
        void into(Path folder) throws IOException;
    }
}
