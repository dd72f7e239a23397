package dev.parley.local.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Holds a folder for this process. The operating system keeps the lock, so it ends with the process however the process
 * ends. Thread-safe.
 *
 * <p>Who holds it stands in a second file: POSIX drops a process's locks on a file as soon as the process closes the
 * file once, so a holder must not open its own lock file to look.
 */
final class FolderLock implements AutoCloseable {

    static final String LOCK_FILE = "lock";
    static final String OWNER_FILE = "lock.owner";

    private final FileChannel channel;
    private final Path ownerFile;

    private FolderLock(FileChannel channel, Path ownerFile) {
        this.channel = channel;
        this.ownerFile = ownerFile;
    }

    /**
     * Takes the lock at once.
     *
     * @throws DataDirectoryException if this or another process holds it
     * @throws IOException if the folder cannot be written
     */
    static FolderLock take(Path folder) throws IOException {
        Path ownerFile = folder.resolve(OWNER_FILE);
        if (owner(ownerFile).equals(thisProcess())) {
            throw inUse(folder, ownerFile);
        }
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(folder, ownerFile);
            }
            Files.writeString(ownerFile, thisProcess());
            return new FolderLock(channel, ownerFile);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(folder, ownerFile);
        } catch (IOException | DataDirectoryException e) {
            channel.close();
            throw e;
        }
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            Files.deleteIfExists(ownerFile);
            channel.close();
        }
    }

    private static DataDirectoryException inUse(Path folder, Path ownerFile) {
        String pid = owner(ownerFile).split(" ", 2)[0];
        return new DataDirectoryException(
                folder + " is in use by another parley" + (pid.isEmpty() ? "" : " (process " + pid + ")"));
    }

    private static String owner(Path ownerFile) {
        try {
            return Files.readString(ownerFile).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The process id and the start time: in a container the next process often has the same id. */
    private static String thisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + " "
                + self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
