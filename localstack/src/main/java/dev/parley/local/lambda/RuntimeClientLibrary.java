package dev.parley.local.lambda;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the native library of AWS's runtime client. By itself every process of the client writes the library to one
 * fixed path in {@code /tmp} and loads it from there: a process that starts then overwrites what another one is running,
 * which dies of it. Lambda has one process a machine; here there are many.
 *
 * <p>Thread-safe.
 */
public final class RuntimeClientLibrary implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RuntimeClientLibrary.class);

    /** Names a library that the client loads in place of its own copy. */
    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private final Path file;

    private RuntimeClientLibrary(Path file) {
        this.file = file;
    }

    /**
     * Copies the library for this machine out of the client.
     *
     * @throws UncheckedIOException if the client has none for it, or it cannot be written
     */
    public static RuntimeClientLibrary unpack() {
        String resource = "/jni/libaws-lambda-jni." + libraryOf(System.getProperty("os.arch", ""), usesMusl()) + ".so";
        try (InputStream library = RuntimeClientLibrary.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new FileNotFoundException("AWS's runtime client has no " + resource);
            }
            Path file = Files.createTempFile("parley-runtime-client", ".so");
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            return new RuntimeClientLibrary(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The option of a JVM that makes the client load this copy. */
    public String option() {
        return "-D" + PROPERTY + "=" + file;
    }

    /** Deletes the copy; processes that have loaded it keep it. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} is left behind", file, e);
        }
    }

    static String libraryOf(String processor, boolean musl) {
        return (musl ? "linux_musl-" : "linux-") + (processor.equals("aarch64") ? "aarch_64" : "x86_64");
    }

    /** Whether this machine has musl's loader and not glibc's. */
    private static boolean usesMusl() {
        boolean musl =
                Files.exists(Path.of("/lib/ld-musl-x86_64.so.1")) || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"));
        boolean glibc = Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"))
                || Files.exists(Path.of("/lib/ld-linux-aarch64.so.1"));
        return musl && !glibc;
    }
}
