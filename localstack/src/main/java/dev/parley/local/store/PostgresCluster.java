package dev.parley.local.store;

import dev.parley.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of one PostgreSQL server: its data, and the password of its user, in a folder of its owner.
 *
 * @param folder holds both
 * @param given the password of data that is made anew; null for one that nobody knows
 */
record PostgresCluster(Path folder, @Nullable Secret given) {

    static final String USER = "parley";

    private static final Duration INIT_TIMEOUT = Duration.ofSeconds(60);

    PostgresCluster(Path folder) {
        this(folder, null);
    }

    Path data() {
        return folder.resolve("data");
    }

    /** The file that names the running server, with its process id in the first line. */
    Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    Secret password() throws IOException {
        return new Secret(Files.readString(folder.resolve("password")).strip());
    }

    /**
     * Makes the files when they are not there.
     *
     * @throws LocalStoreException if they cannot be made, or were made by another major version
     */
    void prepare(PostgresBinaries binaries, ServerUser user) throws IOException {
        PrivateFiles.createFolder(folder);
        if (!Files.exists(data())) {
            init(binaries, user);
        }
        String version = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!version.equals(Integer.toString(PostgresBinaries.MAJOR))) {
            throw new LocalStoreException(data() + " was made by PostgreSQL " + version + "; this parley runs version "
                    + PostgresBinaries.MAJOR);
        }
        user.own(folder);
    }

    /** Data that has its name is complete, for it gets its name last. */
    private void init(PostgresBinaries binaries, ServerUser user) throws IOException {
        Path draft = folder.resolve("data.new");
        PrivateFiles.deleteFolder(draft);
        PrivateFiles.write(folder.resolve("password"), given == null ? randomPassword() : given.value());
        user.own(folder);
        List<String> command = new ArrayList<>(user.prefix());
        command.addAll(List.of(
                binaries.program("initdb"),
                "--pgdata=data.new",
                "--username=" + USER,
                "--pwfile=password",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // One order of text on every machine, and letters of all languages for pg_trgm, which asks the libc.
                "--locale=C",
                "--lc-ctype=" + unicodeLocale(),
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        try (ChildProcess init = ChildProcess.start("initdb", command, folder, StopSignal.INT, Duration.ofSeconds(5))) {
            if (!init.awaitExit(INIT_TIMEOUT) || !Files.exists(draft.resolve("global/pg_control"))) {
                throw new LocalStoreException("PostgreSQL's data cannot be made:\n" + init.outputTail());
            }
        }
        Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String unicodeLocale() {
        return switch (Platform.current()) {
            case LINUX_X86_64, LINUX_ARM_64 -> "C.UTF-8";
            case MACOS_X86_64, MACOS_ARM_64 -> "en_US.UTF-8";
        };
    }

    private static String randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
