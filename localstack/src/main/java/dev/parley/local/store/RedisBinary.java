package dev.parley.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis server program that runs on this machine.
 *
 * @param program its path, or its name on the PATH
 * @param product {@code redis} or {@code valkey}
 * @param version such as {@code 7.0.15}
 */
record RedisBinary(String program, String product, String version) {

    private static final int WANTED_MAJOR = 7;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final int OUTPUT_LIMIT = 4096;
    private static final Pattern VERSION = Pattern.compile("(Redis|Valkey) server v=(\\d+(?:\\.\\d+)*)");

    /** Valkey or Redis from the PATH if it is version 7 or newer, else the 6.2 that comes with Parley. */
    static RedisBinary find(BinaryCache cache) {
        for (String program : List.of("valkey-server", "redis-server")) {
            Optional<RedisBinary> found = probe(program);
            if (found.isPresent() && found.get().major() >= WANTED_MAJOR) {
                return found.get();
            }
        }
        return embedded(cache);
    }

    /**
     * The Redis 6.2 that comes with Parley.
     *
     * @throws LocalStoreException if there is none for this machine
     */
    static RedisBinary embedded(BinaryCache cache) {
        String resource = embeddedName();
        Path folder = cache.unpacked(resource, target -> copy(resource, target.resolve("redis-server")));
        return probe(folder.resolve("redis-server").toString())
                .orElseThrow(() -> new LocalStoreException(
                        "The Redis that comes with Parley does not run on this machine (" + Platform.current()
                                + "); install redis or valkey, version " + WANTED_MAJOR + " or newer"));
    }

    /** The first part of its version. */
    int major() {
        return Integer.parseInt(version.split("\\.", 2)[0]);
    }

    private static Optional<RedisBinary> probe(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            try (InputStream output = process.getInputStream()) {
                if (!process.waitFor(PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                Matcher line = VERSION.matcher(new String(output.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8));
                return line.find()
                        ? Optional.of(new RedisBinary(program, line.group(1).toLowerCase(Locale.ROOT), line.group(2)))
                        : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String embeddedName() {
        return switch (Platform.current()) {
            case LINUX_X86_64 -> "redis-server-6.2.6-v5-linux-amd64";
            case LINUX_ARM_64 -> "redis-server-6.2.7-linux-arm64";
            case MACOS_X86_64 -> "redis-server-6.2.6-v5-darwin-amd64";
            case MACOS_ARM_64 -> "redis-server-6.2.6-v5-darwin-arm64";
        };
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream input = RedisBinary.class.getResourceAsStream("/" + resource)) {
            if (input == null) {
                throw new IOException("it is not on the class path");
            }
            Files.copy(input, target);
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
