package dev.parley.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs from the class path (io.zonky.test.postgres), unpacked. */
record PostgresBinaries(Path folder) {

    static final int MAJOR = 17;

    /** Part of the cache's key: change it together with the version in the pom. */
    private static final String VERSION = "17.11.0";

    /** Unpacks them on the first call on this machine, which takes a second or two. */
    static PostgresBinaries unpacked(BinaryCache cache) {
        String archive = archiveName();
        return new PostgresBinaries(
                cache.unpacked("postgres-" + VERSION + "-" + archive, target -> unpack(archive, target)));
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static String archiveName() {
        return switch (Platform.current()) {
            case LINUX_X86_64 -> "postgres-linux-x86_64";
            case LINUX_ARM_64 -> "postgres-linux-arm_64";
            case MACOS_X86_64 -> "postgres-darwin-x86_64";
            case MACOS_ARM_64 -> "postgres-darwin-arm_64";
        };
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (InputStream input = PostgresBinaries.class.getResourceAsStream("/" + archive + ".txz")) {
            if (input == null) {
                throw new IOException("it is not on the class path");
            }
            TarArchiveInputStream entries = new TarArchiveInputStream(new XZCompressorInputStream(input));
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entry, entries, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("an entry outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
