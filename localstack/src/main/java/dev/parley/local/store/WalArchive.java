package dev.parley.local.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A folder that a PostgreSQL server copies its log into, piece by piece (PostgreSQL documentation, "Continuous Archiving
 * and Point-in-Time Recovery").
 *
 * @param folder absolute
 */
public record WalArchive(Path folder) {

    /** Makes the folder, for the user that servers run as. */
    public static WalArchive create(Path folder) {
        try {
            Path own = PrivateFiles.createFolder(folder.toAbsolutePath());
            ServerUser.current().own(own);
            return new WalArchive(own);
        } catch (IOException e) {
            throw new LocalStoreException("The archive " + folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** How many pieces are there: files that have their name are complete. */
    public long pieces() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}"))
                    .count();
        } catch (IOException e) {
            throw new LocalStoreException("The archive " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The server's {@code archive_command}: never writes over a piece, and gives a piece its name last. */
    String command() {
        String word = PostgresOptions.shellWord(folder);
        return "test ! -f " + word + "/%f && cp %p " + word + "/.%f.new && mv " + word + "/.%f.new " + word + "/%f";
    }

    /** The {@code restore_command} of a server that is restored from here. */
    String restoreCommand() {
        return "cp " + PostgresOptions.shellWord(folder) + "/%f %p";
    }
}
