package dev.parley.local.store;

import dev.parley.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The folder that holds all data of one local cloud, for one process at a time and for its owner's eyes only.
 * Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

    private static final long MIN_FREE_BYTES = 200L * 1024 * 1024;
    private static final String FORMAT = "1";
    private static final String FORMAT_FILE = "format";
    private static final Set<String> OWN_FILES = Set.of(FolderLock.LOCK_FILE, FolderLock.OWNER_FILE);

    private final Path path;
    private final FolderLock lock;
    private final boolean ephemeral;

    private DataDirectory(Path path, FolderLock lock, boolean ephemeral) {
        this.path = path;
        this.lock = lock;
        this.ephemeral = ephemeral;
    }

    /**
     * Opens a folder whose data stays, or creates it.
     *
     * @throws DataDirectoryException if it is in use, cannot be written, is a file, holds something else, was written
     *     by a later version, or its disk has under 200 MB left
     */
    public static DataDirectory open(Path path) {
        return open(path, MIN_FREE_BYTES);
    }

    static DataDirectory open(Path path, long minFreeBytes) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
                throw new DataDirectoryException(folder + " is a file, not a folder");
            }
            return locked(PrivateFiles.createFolder(folder), minFreeBytes, false);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * A new folder in the temporary folder, which {@link #close()} deletes.
     *
     * @throws DataDirectoryException if it cannot be made, or its disk has under 200 MB left
     */
    public static DataDirectory ephemeral() {
        try {
            return locked(Files.createTempDirectory("parley-").toRealPath(), MIN_FREE_BYTES, true);
        } catch (IOException e) {
            throw unusable(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), e);
        }
    }

    /** The folder, absolute and without symbolic links. */
    public Path path() {
        return path;
    }

    /**
     * A folder in it for one kind of data, created when it is not there.
     *
     * @param name 1 to 40 lower-case letters, digits and dashes
     * @throws DataDirectoryException if it cannot be created
     */
    public Path folder(String name) {
        if (!name.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("not a folder name: " + name);
        }
        Path folder = path.resolve(name);
        try {
            return PrivateFiles.createFolder(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * A random secret that stays as long as the folder, 64 hexadecimal digits, made when it is asked for the first time.
     *
     * @param name 1 to 40 lower-case letters, digits and dashes
     * @throws DataDirectoryException if it cannot be read or kept
     */
    public Secret secret(String name) {
        Path file = folder("secrets").resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                PrivateFiles.write(file, HexFormat.of().formatHex(random));
            }
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Gives the folder back, and deletes it if it is ephemeral. Everything that writes to it must have ended. */
    @Override
    public void close() {
        try {
            lock.close();
            if (ephemeral) {
                PrivateFiles.deleteFolder(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be closed", e);
        }
    }

    private static DataDirectory locked(Path folder, long minFreeBytes, boolean ephemeral) throws IOException {
        refuseForeignFolder(folder);
        PrivateFiles.restrict(folder);
        FolderLock lock = FolderLock.take(folder);
        try {
            checkFormat(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < minFreeBytes) {
                throw new DataDirectoryException(folder + " has " + megabytes(free)
                        + " MB left on its disk; parley needs " + megabytes(minFreeBytes));
            }
            return new DataDirectory(folder, lock, ephemeral);
        } catch (IOException | DataDirectoryException e) {
            lock.close();
            throw e;
        }
    }

    /** A mistyped path must not spread files over somebody's home folder, nor change its permissions. */
    private static void refuseForeignFolder(Path folder) throws IOException {
        if (Files.exists(folder.resolve(FORMAT_FILE))) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                // What a first run leaves that was killed before it had written the format.
                if (!OWN_FILES.contains(name) && !name.startsWith("." + FORMAT_FILE)) {
                    throw new DataDirectoryException(folder + " is not empty and holds no parley data");
                }
            }
        }
    }

    private static void checkFormat(Path folder) throws IOException {
        Path file = folder.resolve(FORMAT_FILE);
        if (!Files.exists(file)) {
            PrivateFiles.write(file, FORMAT);
            return;
        }
        String format = Files.size(file) > 100 ? "?" : Files.readString(file).strip();
        if (!format.equals(FORMAT)) {
            throw new DataDirectoryException(folder + " was written by another version of parley (data format " + format
                    + "; this version reads " + FORMAT + ")");
        }
    }

    private static DataDirectoryException unusable(Path folder, IOException cause) {
        String reason =
                cause instanceof AccessDeniedException ? "permission denied" : String.valueOf(cause.getMessage());
        return new DataDirectoryException(folder + " cannot be used for data: " + reason, cause);
    }

    private static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
